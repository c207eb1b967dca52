"""Which parts of its `ui` a feature lends to features above it. Values belong into its `domain`, widgets for all into `ui_kit`."""

import re

from tests.architecture.sources import module_of, name_of, python_files, source

# Module of a feature's `ui`: the features that import it.
SHARED = {
    "chat.ui.chat_addons": "applications presets quick",
    "chat.ui.chat_memory": "applications presets quick",
    "chat.ui.chat_page": "previews",
    "chat.ui.chat_pane": "quick",
    "chat.ui.chat_presenter": "conversations",
    "chat.ui.chat_toasts": "quick",
    "chat.ui.chat_view": "applications presets quick",
    "chat.ui.composer.composer": "conversations presets previews",
    "chat.ui.composer.offered_files": "quick",
    "chat.ui.composer.suggestions": "presets quick",
    "chat.ui.lazy_transcript": "batch conversations quick",
    "chat.ui.model_presenter": "applications conversations presets",
    "chat.ui.title_row": "conversations",
    "chat.ui.transcript.artifact_cards": "previews",
    "chat.ui.transcript.blocks.block_frame": "conversations",
    "chat.ui.transcript.blocks.block_text": "applications",
    "chat.ui.transcript.blocks.formulas.formula_picture": "conversations",
    "chat.ui.transcript.blocks.text.flow_lines": "conversations",
    "chat.ui.transcript.blocks.text.text_segments": "conversations",
    "chat.ui.transcript.diagrams": "previews",
    "chat.ui.transcript.formula_source": "conversations",
    "chat.ui.transcript.messages.message_item": "previews",
    "chat.ui.transcript.read_only_transcript": "batch conversations",
    "chat.ui.transcript.texts": "presets",
    "chat.ui.transcript.transcript_view": "conversations previews",
    "conversations.ui.export_presenter": "quick",
    "models.ui.engine.model_file_opener": "quick",
    "models.ui.parameters.parameter_field": "chat",
    "models.ui.picker.model_picker": "batch chat quick translation",
    "models.ui.picker.model_popup": "conversations",
    "models.ui.picker.model_texts": "chat conversations",
    "models.ui.picker.page_model": "batch translation",
    "presets.ui.editor.preset_texts": "batch conversations palette",
    "presets.ui.importing.import_texts": "conversations",
    "presets.ui.preset_presenter": "applications",
    "presets.ui.use.filled_text": "batch",
    "presets.ui.use.preset_popup": "batch conversations",
    "presets.ui.use.preview_runs": "batch",
    "presets.ui.use.upload_field": "applications",
    "presets.ui.use.variable_form": "applications batch",
    "previews.ui.versions.version_list": "presets",
    "previews.ui.versions.versions_view": "presets",
    "servers.ui.cards.providers_tab": "models",
    "servers.ui.doctor.doctor_card": "chat",
    "servers.ui.doctor.doctor_visit": "chat",
    "servers.ui.server_texts": "chat models palette presets",
}


def test_a_feature_uses_the_ui_of_another_only_where_it_is_listed() -> None:
    found: dict[str, set[str]] = {}
    modules = {module_of(file) for file in python_files()}
    for file in python_files():
        if not (home := re.match(r"chatdesk/features/(\w+)/", name_of(file))):
            continue
        for name in source(file).imported:
            used = re.match(r"chatdesk\.features\.((\w+)\.ui\..+)", name)
            if used and used[2] != home[1]:
                module = used[1] if name in modules else used[1].rpartition(".")[0]
                found.setdefault(module, set()).add(home[1])
    assert {module: " ".join(sorted(users)) for module, users in sorted(found.items())} == SHARED

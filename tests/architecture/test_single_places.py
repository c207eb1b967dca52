"""What is done in one place only, so that its care is not repeated elsewhere or forgotten. Each exception says why it is one."""

import re

from tests.architecture.sources import name_of, python_files

CSV = {"chatdesk/kernel/text/csv_cells.py": "keeps spreadsheets from running a cell as a formula"}
BOUNDED_READING = {
    "chatdesk/kernel/text/regular_file.py": "reads files that others wrote: regular ones, up to a limit, without waiting",
    "chatdesk/app/console/console_presets.py": "a file named in a command may be a pipe; it has a limit of its own",
    "chatdesk/app/console/output.py": "the null device",
    "chatdesk/engine/architectures.py": "looks for a name in the library of the engine, piece by piece",
    "chatdesk/engine/gguf/metadata.py": "reads the head of a model file through a window",
    "chatdesk/engine/llama_server/installed.py": "hashes the files of a build that Chatdesk unpacked",
    "chatdesk/engine/llama_server/supervisor.py": "writes a file that only this user can read",
    "chatdesk/engine/llama_server/unpacking.py": "writes files, and never over existing ones",
    "chatdesk/engine/preload.py": "reads a whole model file once, so that it is in memory when llama.cpp loads it",
    "chatdesk/features/backups/services/backup_destination.py": "the content of backups, in pieces",
    "chatdesk/features/batch/services/batch_journal.py": "Chatdesk's own journal, line by line",
    "chatdesk/network/webdav.py": "files that Chatdesk sends and receives, in pieces",
    "chatdesk/storage/files/age_encryption.py": "files that Chatdesk encrypts and decrypts, in pieces",
    "chatdesk/storage/files/data_moving.py": "Chatdesk's own data, in pieces",
    "chatdesk/storage/files/file_writing.py": "opens files to write them",
    "chatdesk/storage/files/large_files.py": "model files, in pieces",
    "chatdesk/storage/files/local_folder.py": "files of backups, in pieces",
    "chatdesk/storage/files/model_moving.py": "Chatdesk's own downloads, in pieces",
    "chatdesk/storage/files/part_file.py": "Chatdesk's own downloads, in pieces",
    "chatdesk/system/instance_lock.py": "a lock, which is held open",
    "chatdesk/system/log_files.py": "opens files to write them",
}
WHOLE_READING = {
    "chatdesk/app/console/texts.py": "translations and settings",
    "chatdesk/app/core.py": "resources",
    "chatdesk/app/preview_hosts.py": "resources",
    "chatdesk/engine/installation.py": "a file of the system",
    "chatdesk/features/backups/services/backup_destination.py": "a file that was copied with a limit",
    "chatdesk/features/backups/services/opened_backup.py": "a file that was copied with a limit",
    "chatdesk/features/backups/services/remote_backups.py": "a file that was copied with a limit",
    "chatdesk/features/models/services/library_services.py": "resources",
    "chatdesk/features/presets/files/preset_folder.py": "a preset that it replaces and may put back",
    "chatdesk/features/presets/services/presets.py": "resources",
    "chatdesk/features/previews/domain/libraries.py": "resources",
    "chatdesk/storage/files/attachment_files.py": "pictures that Chatdesk stored under the hash of their content",
    "chatdesk/storage/files/json_file.py": "files that Chatdesk wrote",
    "chatdesk/system/instance_lock.py": "a file that Chatdesk wrote",
    "chatdesk/ui_kit/style/icons.py": "resources",
    "chatdesk/ui_kit/style/tokens.py": "resources",
}
WINDOWS = {
    "chatdesk/app/plain_imports.py": "creates classes that other modules name",
    "chatdesk/app/shell/recovery_window.py": "there is no other window yet",
    "chatdesk/features/chat/ui/transcript/page/pictures/picture_viewer.py": "a picture needs all the room there is",
    "chatdesk/features/previews/web_engine/run_view.py": "closes dialogs that a page opens",
}
THREADS = {
    "chatdesk/engine/llama_server/supervisor.py": "reads the output of a server in a process that has no event loop",
    "chatdesk/kernel/aio/daemon_thread.py": "waits on the event loop for a blocking call",
    "chatdesk/kernel/aio/child_process.py": "reads the two outputs of a child process for as long as it runs",
    "chatdesk/kernel/aio/child_program.py": "ends a child process with its parent",
    "chatdesk/features/previews/web_engine/prewarm.py": "loads libraries; nothing waits for it on the event loop",
    "chatdesk/network/network_thread.py": "runs the event loop of the network",
    "chatdesk/documents/child.py": "reads requests in a child process that has no event loop",
    "chatdesk/rendering/formulas/typeset/child.py": "reads requests in a child process that has no event loop",
    "chatdesk/system/ollama_start.py": "waits for a process that Chatdesk started, for as long as it runs",
    "chatdesk/ui_kit/code/highlighters.py": "loads lexers; a timer of Qt asks whether they are there",
    "chatdesk/ui_kit/files/folder_lookup.py": "looks for a folder that may not respond; a timer of Qt asks for the result",
    "chatdesk/ui_kit/pictures/picture_worker.py": "decodes pictures for as long as the window lives",
}


def places(pattern: str) -> list[str]:
    """The files of the program in which a pattern occurs."""
    found = re.compile(pattern)
    return [name_of(file) for file in python_files() if found.search(file.read_text("utf-8"))]


def test_only_the_module_for_csv_writes_csv() -> None:
    assert places(r"\bcsv\.(writer|DictWriter)\b|from csv import") == list(CSV)


def test_files_of_others_are_read_in_one_place() -> None:
    opening = r"(?<![\w.])(?<!def )open\(|\bos\.open\(|\.open\(\"r"
    assert places(opening) == sorted(BOUNDED_READING)


def test_only_files_of_the_program_are_read_without_a_limit() -> None:
    assert places(r"\.read_(bytes|text)\((?!\w+\.)") == sorted(WHOLE_READING)


def test_questions_and_forms_are_sheets_inside_the_window() -> None:
    assert places(r"\bQ(Dialog|MessageBox|InputDialog)\b") == sorted(WINDOWS)


def test_the_event_loop_waits_for_daemon_threads_in_one_place() -> None:
    assert places(r"\bThread\(") == sorted(THREADS)

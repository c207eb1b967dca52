"""Display names and placeholders of prompt sections. The headings in the prompt itself are those of its author."""

from PySide6.QtCore import QCoreApplication

from chatdesk.features.presets.domain.section_kinds import SectionKind


def section_name(kind: SectionKind) -> str:
    """Return the display name of a kind of section; empty for a custom heading."""
    translate = QCoreApplication.translate
    return {
        SectionKind.OPENING: translate("PromptSections", "Opening"),
        SectionKind.ROLE: translate("PromptSections", "Role"),
        SectionKind.PROFILE: translate("PromptSections", "Profile"),
        SectionKind.BACKGROUND: translate("PromptSections", "Background"),
        SectionKind.GOALS: translate("PromptSections", "Goals"),
        SectionKind.SKILLS: translate("PromptSections", "Skills"),
        SectionKind.CONSTRAINTS: translate("PromptSections", "Constraints"),
        SectionKind.RULES: translate("PromptSections", "Rules"),
        SectionKind.COMMANDS: translate("PromptSections", "Commands"),
        SectionKind.TOOLS: translate("PromptSections", "Tools"),
        SectionKind.REMINDER: translate("PromptSections", "Reminder"),
        SectionKind.WORKFLOW: translate("PromptSections", "Workflow"),
        SectionKind.OUTPUT_FORMAT: translate("PromptSections", "Output format"),
        SectionKind.EXAMPLES: translate("PromptSections", "Examples"),
        SectionKind.INPUT: translate("PromptSections", "Input"),
        SectionKind.INITIALIZATION: translate("PromptSections", "Initialization"),
        SectionKind.OTHER: "",
    }[kind]


def section_hint(kind: SectionKind) -> str:
    """Return the placeholder for an empty section."""
    translate = QCoreApplication.translate
    return {
        SectionKind.OPENING: translate("PromptSections", "Text before the first heading"),
        SectionKind.ROLE: translate("PromptSections", "Who the assistant is, and its expertise"),
        SectionKind.PROFILE: translate("PromptSections", "Author, version, language, a description"),
        SectionKind.BACKGROUND: translate(
            "PromptSections", "Background information: audience, purpose, where it is used"
        ),
        SectionKind.GOALS: translate("PromptSections", "What the answer should achieve"),
        SectionKind.SKILLS: translate("PromptSections", "What the role knows and can do"),
        SectionKind.CONSTRAINTS: translate("PromptSections", "What to avoid"),
        SectionKind.RULES: translate("PromptSections", "Rules for every answer"),
        SectionKind.COMMANDS: translate("PromptSections", "Commands such as /help"),
        SectionKind.TOOLS: translate("PromptSections", "Tools that can be used"),
        SectionKind.REMINDER: translate("PromptSections", "What to remember in a long chat"),
        SectionKind.WORKFLOW: translate("PromptSections", "The steps, one per line"),
        SectionKind.OUTPUT_FORMAT: translate("PromptSections", "Form, length and language of the answer"),
        SectionKind.EXAMPLES: translate("PromptSections", "A sample question and its answer"),
        SectionKind.INPUT: translate("PromptSections", "The text to work on, often a variable"),
        SectionKind.INITIALIZATION: translate("PromptSections", "How the chat starts"),
        SectionKind.OTHER: "",
    }[kind]

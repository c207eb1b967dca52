<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>BackupList</name>
    <message numerus="yes">
        <source>%n older backup(s)</source>
        <translation>
            <numerusform>%n older backup</numerusform>
            <numerusform>%n older backups</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupRow</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BackupsCard</name>
    <message numerus="yes">
        <source>Last backup %n day(s) ago.</source>
        <translation>
            <numerusform>Last backup %n day ago.</numerusform>
            <numerusform>Last backup %n days ago.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchAnswer</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchFoot</name>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n text</numerusform>
            <numerusform>%n texts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n text</numerusform>
            <numerusform>%n texts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatSettingsPanel</name>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n part</numerusform>
            <numerusform>%n parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ChatToasts</name>
    <message numerus="yes">
        <source>%n message(s) deleted</source>
        <translation>
            <numerusform>%n message deleted</numerusform>
            <numerusform>%n messages deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConsoleView</name>
    <message numerus="yes">
        <source>%n network request(s) blocked: </source>
        <translation>
            <numerusform>%n network request blocked: </numerusform>
            <numerusform>%n network requests blocked: </numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more match(es)</source>
        <translation>
            <numerusform>%n more match</numerusform>
            <numerusform>%n more matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n attachment</numerusform>
            <numerusform>%n attachments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s), kept for 30 days</source>
        <translation>
            <numerusform>%n chat, kept for 30 days</numerusform>
            <numerusform>%n chats, kept for 30 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeletedPresenter</name>
    <message numerus="yes">
        <source>%n chat(s) in the folder are deleted too. You cannot undo this.</source>
        <translation>
            <numerusform>%n chat in the folder is deleted too. You cannot undo this.</numerusform>
            <numerusform>%n chats in the folder are deleted too. You cannot undo this.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Permanently delete %n chat(s)?</source>
        <translation>
            <numerusform>Permanently delete %n chat?</numerusform>
            <numerusform>Permanently delete all %n chats?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n restored</source>
        <translation>
            <numerusform>%n restored</numerusform>
            <numerusform>%n restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n permanently deleted</source>
        <translation>
            <numerusform>%n permanently deleted</numerusform>
            <numerusform>%n permanently deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeletedTexts</name>
    <message numerus="yes">
        <source>Folder with %n chat(s)</source>
        <translation>
            <numerusform>Folder with %n chat</numerusform>
            <numerusform>Folder with %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>%n day left</numerusform>
            <numerusform>%n days left</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DifferenceModel</name>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>%n unchanged line</numerusform>
            <numerusform>%n unchanged lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentOptions</name>
    <message numerus="yes">
        <source>All %n page(s) as pictures</source>
        <translation>
            <numerusform>%n page as a picture</numerusform>
            <numerusform>All %n pages as pictures</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DownloadsPanel</name>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message numerus="yes">
        <source>Drop to ask about these %n file(s)</source>
        <translation>
            <numerusform>Drop to ask about this %n file</numerusform>
            <numerusform>Drop to ask about these %n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngineCard</name>
    <message numerus="yes">
        <source>After %n minutes</source>
        <translation>
            <numerusform>After %n minute</numerusform>
            <numerusform>After %n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EngineStateCard</name>
    <message numerus="yes">
        <source>%n answer(s) being written</source>
        <translation>
            <numerusform>%n answer being written</numerusform>
            <numerusform>%n answers being written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportChoices</name>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n passage</numerusform>
            <numerusform>%n passages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportVisit</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FolderPresenter</name>
    <message numerus="yes">
        <source>%n chat(s) moved to {folder}</source>
        <translation>
            <numerusform>%n chat moved to {folder}</numerusform>
            <numerusform>%n chats moved to {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) removed from the folder</source>
        <translation>
            <numerusform>%n chat removed from the folder</numerusform>
            <numerusform>%n chats removed from the folder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Folder and %n chat(s) deleted</source>
        <translation>
            <numerusform>Folder and %n chat deleted</numerusform>
            <numerusform>Folder and %n chats deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HitRow</name>
    <message numerus="yes">
        <source>%n downloads</source>
        <translation>
            <numerusform>%n download</numerusform>
            <numerusform>%n downloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message numerus="yes">
        <source>Reading %n file(s)…</source>
        <translation>
            <numerusform>Reading %n file…</numerusform>
            <numerusform>Reading %n files…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n preset(s)</source>
        <translation>
            <numerusform>Import %n preset</numerusform>
            <numerusform>Import %n presets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n preset(s)</source>
        <translation>
            <numerusform>%n preset</numerusform>
            <numerusform>All %n presets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) already in use:</source>
        <translation>
            <numerusform>%n name already in use:</numerusform>
            <numerusform>%n names already in use:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Import %n chat(s)</source>
        <translation>
            <numerusform>Import %n chat</numerusform>
            <numerusform>Import %n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportedServersCard</name>
    <message numerus="yes">
        <source>%n provider(s), switched off</source>
        <translation>
            <numerusform>%n provider, switched off</numerusform>
            <numerusform>%n providers, switched off</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobTexts</name>
    <message numerus="yes">
        <source>%n answer(s) are being written</source>
        <translation>
            <numerusform>%n answer is being written</numerusform>
            <numerusform>%n answers are being written</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) are running</source>
        <translation>
            <numerusform>%n download is running</numerusform>
            <numerusform>%n downloads are running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <comment>running</comment>
        <translation>
            <numerusform>%n answer</numerusform>
            <numerusform>%n answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <comment>running</comment>
        <translation>
            <numerusform>%n download</numerusform>
            <numerusform>%n downloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryHeader</name>
    <message numerus="yes">
        <source>Search %n preset(s)</source>
        <translation>
            <numerusform>Search %n preset</numerusform>
            <numerusform>Search %n presets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryMenu</name>
    <message numerus="yes">
        <source>Delete %n of my presets</source>
        <translation>
            <numerusform>Delete %n of my presets</numerusform>
            <numerusform>Delete %n of my presets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPresenter</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LintLine</name>
    <message numerus="yes">
        <source>%n more hint(s)</source>
        <translation>
            <numerusform>%n more hint</numerusform>
            <numerusform>%n more hints</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListContent</name>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListDrag</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message numerus="yes">
        <source>%n model(s) will be deleted.</source>
        <translation>
            <numerusform>%n model will be deleted.</numerusform>
            <numerusform>%n models will be deleted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ModelFilesCard</name>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n</source>
        <translation>
            <numerusform>The first %n</numerusform>
            <numerusform>The first %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message numerus="yes">
        <source>%n results</source>
        <translation>
            <numerusform>%n result</numerusform>
            <numerusform>%n results</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PalettePresenter</name>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n place</numerusform>
            <numerusform>%n places</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PassphraseSheet</name>
    <message numerus="yes">
        <source>Use at least %n character(s).</source>
        <translation>
            <numerusform>Use at least %n character.</numerusform>
            <numerusform>Use at least %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PastedText</name>
    <message numerus="yes">
        <source>You pasted %n character(s).</source>
        <translation>
            <numerusform>You pasted %n character.</numerusform>
            <numerusform>You pasted %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetActions</name>
    <message numerus="yes">
        <source>%n presets were deleted</source>
        <translation>
            <numerusform>%n preset was deleted</numerusform>
            <numerusform>%n presets were deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetEditor</name>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>about %n token</numerusform>
            <numerusform>about %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetSharePresenter</name>
    <message numerus="yes">
        <source>%n preset(s) imported</source>
        <translation>
            <numerusform>%n preset imported</numerusform>
            <numerusform>%n presets imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PreviewStep</name>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n folder</numerusform>
            <numerusform>%n folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pinned chat(s)</source>
        <translation>
            <numerusform>%n pinned chat</numerusform>
            <numerusform>%n pinned chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are here already</source>
        <translation>
            <numerusform>%n is here already</numerusform>
            <numerusform>%n are here already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in Recently deleted</source>
        <translation>
            <numerusform>%n in Recently deleted</numerusform>
            <numerusform>%n in Recently deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s)</source>
        <translation>
            <numerusform>%n preset</numerusform>
            <numerusform>%n presets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s)</source>
        <translation>
            <numerusform>%n glossary</numerusform>
            <numerusform>%n glossaries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n provider(s), switched off</source>
        <translation>
            <numerusform>%n provider, switched off</numerusform>
            <numerusform>%n providers, switched off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Instructions for the model in %n chat(s)</source>
        <translation>
            <numerusform>Instructions for the model in %n chat</numerusform>
            <numerusform>Instructions for the model in %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n archived chat(s) in the folder “{folder}”</source>
        <translation>
            <numerusform>%n archived chat in the folder “{folder}”</numerusform>
            <numerusform>%n archived chats in the folder “{folder}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n project(s), numbered because the file has no names</source>
        <translation>
            <numerusform>%n project, numbered because the file has no names</numerusform>
            <numerusform>%n projects, numbered because the file has no names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s), numbered because the file has no names</source>
        <translation>
            <numerusform>%n folder, numbered because the file has no names</numerusform>
            <numerusform>%n folders, numbered because the file has no names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PullPresenter</name>
    <message numerus="yes">
        <source>%n download(s)</source>
        <translation>
            <numerusform>%n download</numerusform>
            <numerusform>%n downloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n attachment</numerusform>
            <numerusform>%n attachments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RecoveryTexts</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RestoreSheet</name>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) restored</source>
        <translation>
            <numerusform>%n chat restored</numerusform>
            <numerusform>%n chats restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) missing</source>
        <translation>
            <numerusform>%n attachment missing</numerusform>
            <numerusform>%n attachments missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %n chat(s)</source>
        <translation>
            <numerusform>Restore %n chat</numerusform>
            <numerusform>Restore %n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) and glossaries restored</source>
        <translation>
            <numerusform>%n preset or glossary restored</numerusform>
            <numerusform>%n presets and glossaries restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also %n preset(s) and glossaries that are missing here</source>
        <translation>
            <numerusform>Also %n preset or glossary that is missing here</numerusform>
            <numerusform>Also %n presets and glossaries that are missing here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SentStrip</name>
    <message numerus="yes">
        <source>{passages}, on %n page(s)</source>
        <translation>
            <numerusform>{passages}, on %n page</numerusform>
            <numerusform>{passages}, on %n pages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SetUpForm</name>
    <message numerus="yes">
        <source>Use at least %n character(s).</source>
        <translation>
            <numerusform>Use at least %n character.</numerusform>
            <numerusform>Use at least %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SeveralView</name>
    <message numerus="yes">
        <source>%n presets</source>
        <translation>
            <numerusform>%n preset</numerusform>
            <numerusform>%n presets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n of my presets</source>
        <translation>
            <numerusform>Delete %n of my presets</numerusform>
            <numerusform>Delete %n of my presets</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SheetsPopup</name>
    <message numerus="yes">
        <source>%n formula(s) without a result: the formula is sent.</source>
        <translation>
            <numerusform>%n formula without a result: the formula is sent.</numerusform>
            <numerusform>%n formulas without a result: the formulas are sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ShieldLine</name>
    <message numerus="yes">
        <source>%n network request(s) blocked</source>
        <translation>
            <numerusform>%n network request blocked</numerusform>
            <numerusform>%n network requests blocked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>%n blocked</numerusform>
            <numerusform>%n blocked</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SourcesSheet</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StoredDocumentsSheet</name>
    <message numerus="yes">
        <source>%n smaller one(s)</source>
        <translation>
            <numerusform>%n smaller one</numerusform>
            <numerusform>%n smaller ones</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in {chat} and %n other chat(s)</source>
        <translation>
            <numerusform>in {chat} and %n other chat</numerusform>
            <numerusform>in {chat} and %n other chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ToastPresenter</name>
    <message numerus="yes">
        <source>%n chat(s) recovered</source>
        <translation>
            <numerusform>%n chat recovered</numerusform>
            <numerusform>%n chats recovered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No backup for %n day(s)</source>
        <translation>
            <numerusform>No backup for %n day</numerusform>
            <numerusform>No backup for %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>%n chat deleted</numerusform>
            <numerusform>%n chats deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranscriptTexts</name>
    <message numerus="yes">
        <source>Code, %n lines</source>
        <translation>
            <numerusform>Code, %n line</numerusform>
            <numerusform>Code, %n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Table, %n rows</source>
        <translation>
            <numerusform>Table, %n row</numerusform>
            <numerusform>Table, %n rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n column</numerusform>
            <numerusform>%n columns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sources</source>
        <translation>
            <numerusform>%n source</numerusform>
            <numerusform>%n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n sources</source>
        <translation>
            <numerusform>Show all %n source</numerusform>
            <numerusform>Show all %n sources</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more characters</source>
        <translation>
            <numerusform>%n more character</numerusform>
            <numerusform>%n more characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens read</source>
        <translation>
            <numerusform>%n token read</numerusform>
            <numerusform>%n tokens read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them from the cache</source>
        <translation>
            <numerusform>%n of them from the cache</numerusform>
            <numerusform>%n of them from the cache</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens written</source>
        <translation>
            <numerusform>%n token written</numerusform>
            <numerusform>%n tokens written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranslationBar</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranslationPage</name>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>%n to check</numerusform>
            <numerusform>%n to check</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrialPresenter</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>VersionPresenter</name>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>about %n token</numerusform>
            <numerusform>about %n tokens</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>YearBars</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ElapsedTexts</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_FindingRow</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_LocationRow</name>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n model</numerusform>
            <numerusform>%n models</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_LossTexts</name>
    <message numerus="yes">
        <source>%n picture(s) missing in the file</source>
        <translation>
            <numerusform>%n picture missing in the file</numerusform>
            <numerusform>%n pictures missing in the file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) missing in the file</source>
        <translation>
            <numerusform>%n document missing in the file</numerusform>
            <numerusform>%n documents missing in the file</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sound of %n voice message(s)</source>
        <translation>
            <numerusform>Sound of %n voice message</numerusform>
            <numerusform>Sound of %n voice messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n video</numerusform>
            <numerusform>%n videos</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) without a message</source>
        <translation>
            <numerusform>%n chat without a message</numerusform>
            <numerusform>%n chats without a message</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged chat(s)</source>
        <translation>
            <numerusform>%n damaged chat</numerusform>
            <numerusform>%n damaged chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged message(s)</source>
        <translation>
            <numerusform>%n damaged message</numerusform>
            <numerusform>%n damaged messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool call(s)</source>
        <translation>
            <numerusform>%n tool call</numerusform>
            <numerusform>%n tool calls</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) of answers</source>
        <translation>
            <numerusform>%n source of answers</numerusform>
            <numerusform>%n sources of answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The end of %n very long text(s)</source>
        <translation>
            <numerusform>The end of %n very long text</numerusform>
            <numerusform>The end of %n very long texts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n shared link(s)</source>
        <translation>
            <numerusform>%n shared link</numerusform>
            <numerusform>%n shared links</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n chat</numerusform>
            <numerusform>%n chats</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n message</numerusform>
            <numerusform>%n messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n picture</numerusform>
            <numerusform>%n pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n document</numerusform>
            <numerusform>%n documents</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ReportTexts</name>
    <message numerus="yes">
        <source>%n chat(s) are in the folder {folder}</source>
        <translation>
            <numerusform>%n chat is in the folder {folder}</numerusform>
            <numerusform>%n chats are in the folder {folder}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) imported</source>
        <translation>
            <numerusform>%n chat imported</numerusform>
            <numerusform>%n chats imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) with new messages</source>
        <translation>
            <numerusform>%n chat with new messages</numerusform>
            <numerusform>%n chats with new messages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) back from Recently deleted</source>
        <translation>
            <numerusform>%n chat back from Recently deleted</numerusform>
            <numerusform>%n chats back from Recently deleted</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new folder(s)</source>
        <translation>
            <numerusform>%n new folder</numerusform>
            <numerusform>%n new folders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s)</source>
        <translation>
            <numerusform>%n preset</numerusform>
            <numerusform>%n presets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s)</source>
        <translation>
            <numerusform>%n glossary</numerusform>
            <numerusform>%n glossaries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s) imported</source>
        <translation>
            <numerusform>%n glossary imported</numerusform>
            <numerusform>%n glossaries imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) imported</source>
        <translation>
            <numerusform>%n preset imported</numerusform>
            <numerusform>%n presets imported</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n provider(s) added</source>
        <translation>
            <numerusform>%n provider added</numerusform>
            <numerusform>%n providers added</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_RowTexts</name>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n new message</numerusform>
            <numerusform>%n new messages</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Rows</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_SourceHead</name>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message numerus="yes">
        <source>%n oldest message(s) would not be included.</source>
        <translation>
            <numerusform>The oldest message (%n) would not be included.</numerusform>
            <numerusform>The %n oldest messages would not be included.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) are not included, because the chat does not fit the context window.</source>
        <translation>
            <numerusform>The oldest message (%n) is not included, because the chat does not fit the context window.</numerusform>
            <numerusform>The %n oldest messages are not included, because the chat does not fit the context window.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) are sent as a summary.</source>
        <translation>
            <numerusform>The oldest message (%n) is sent as a summary.</numerusform>
            <numerusform>The %n oldest messages are sent as a summary.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) will be summarised when you send.</source>
        <translation>
            <numerusform>The oldest message (%n) will be summarised when you send.</numerusform>
            <numerusform>The %n oldest messages will be summarised when you send.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s)</source>
        <translation>
            <numerusform>%n sheet</numerusform>
            <numerusform>%n sheets</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slide(s)</source>
        <translation>
            <numerusform>%n slide</numerusform>
            <numerusform>%n slides</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n chapter</numerusform>
            <numerusform>%n chapters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n attachment</numerusform>
            <numerusform>%n attachments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n file</numerusform>
            <numerusform>%n files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Synchronised {time} with %n other computer(s)</source>
        <translation>
            <numerusform>Synchronised {time} with %n other computer</numerusform>
            <numerusform>Synchronised {time} with %n other computers</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n token</numerusform>
            <numerusform>%n tokens</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>about %n token</numerusform>
            <numerusform>about %n tokens</numerusform>
        </translation>
    </message>
</context>
</TS>

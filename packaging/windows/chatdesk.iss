; The installer for Windows, for Inno Setup 6.6 or newer: windows_packages.py runs its compiler with the names below.
; Not run on Windows so far. But for the directives that are newer, it was compiled with Inno Setup 6.3.1 and run under Wine, for all users (which
; is what Wine has the folders for): installation, upgrade and uninstallation in both languages, with and without questions.
;
;   Version, NumericVersion   of the program: 1.2.0rc1, 1.2.0.0
;   Bundle, Output, BaseName  folder of the bundle, folder for the installer, its name without .exe
;   Icon                      the program's icon, as .ico and .png, without these endings
;   Address                   the project's address in the web; may be missing
;   Signed                    there is a sign tool called chatdesk; may be missing

#if Ver < EncodeVer(6, 6, 0)
  #error Inno Setup 6.6 or newer is needed
#endif

[Setup]
; Never changes: by it Windows knows an upgrade from a second program.
AppId={{1becb438-ef4c-50a7-a2b3-11c5f9be321a}
AppName=Chatdesk
AppVersion={#Version}
AppVerName=Chatdesk {#Version}
AppPublisher=The Chatdesk authors
AppCopyright=Copyright (c) The Chatdesk authors. MIT licence.
#ifdef Address
AppPublisherURL={#Address}
AppSupportURL={#Address}
AppUpdatesURL={#Address}/releases
#endif
VersionInfoVersion={#NumericVersion}
UninstallDisplayName=Chatdesk
UninstallDisplayIcon={app}\chatdesk-window.exe
SetupIconFile={#Icon}.ico
WizardSmallImageFile={#Icon}.png
OutputDir={#Output}
OutputBaseFilename={#BaseName}
#ifdef Signed
SignTool=chatdesk
SignedUninstaller=yes
#endif

; For one person without an administrator, or for all: asked at the start, or /CURRENTUSER and /ALLUSERS.
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog commandline
DefaultDirName={autopf}\Chatdesk
DisableProgramGroupPage=yes
; Windows 10 1809, the oldest that Qt 6.11 runs on. There is no bundle for ARM: its Windows runs this one.
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible

; An upgrade over the running program: Windows asks it to close, which saves everything, and Setup goes on.
CloseApplications=yes
CloseApplicationsFilter=*.exe,*.dll,*.pyd
RestartApplications=no

ChangesAssociations=yes
WizardStyle=modern dynamic
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes

[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"
; What chinese.isl does not say, as texts of pages that are not shown, stays English.
Name: "chinese"; MessagesFile: "compiler:Default.isl,chinese.isl"

[CustomMessages]
english.QuickQuestion=Quick question
chinese.QuickQuestion=快速提问
english.ModelFile=Language model in GGUF format
chinese.ModelFile=GGUF 格式的语言模型
english.StillRunning=Chatdesk is still running. Quit it first, then try again.
chinese.StillRunning=Chatdesk 仍在运行。请先退出它，然后重试。
english.DeleteData=Chats, presets, settings and downloaded files of this Windows account are kept in%n%n%1%n%nDelete them, too? This cannot be undone. Choose No to keep them for a later installation.
chinese.DeleteData=此 Windows 帐户的对话、预设、设置和已下载的文件保存在%n%n%1%n%n是否也将其删除？此操作无法撤销。选择“否”可保留，供以后重新安装时使用。
english.DataLeft=Some files in this folder could not be deleted:%n%n%1
chinese.DataLeft=此文件夹中的部分文件无法删除：%n%n%1

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; What an earlier version had and this one has not would be found by Python.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Bundle}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\Chatdesk"; Filename: "{app}\chatdesk-window.exe"
Name: "{autoprograms}\Chatdesk - {cm:QuickQuestion}"; Filename: "{app}\chatdesk-window.exe"; Parameters: "quick"
Name: "{autodesktop}\Chatdesk"; Filename: "{app}\chatdesk-window.exe"; Tasks: desktopicon

[Registry]
; Lets Win+R find it. PATH is left alone: too much of other programs is in it.
Root: HKA; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\chatdesk.exe"; ValueType: string; ValueData: "{app}\chatdesk-window.exe"; Flags: uninsdeletekey
; Files that it opens are offered under "Open with"; no program that has one loses it. Windows looks at the last ending only: a chat is JSON
; to it, a preset Markdown. What a file is, is looked at again when it is opened.
Root: HKA; Subkey: "Software\Classes\Chatdesk.Model"; ValueType: string; ValueData: "{cm:ModelFile}"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Chatdesk.Model\DefaultIcon"; ValueType: string; ValueData: "{app}\chatdesk-window.exe,0"
Root: HKA; Subkey: "Software\Classes\Chatdesk.Model\shell\open\command"; ValueType: string; ValueData: """{app}\chatdesk-window.exe"" -- ""%1"""
Root: HKA; Subkey: "Software\Classes\.gguf\OpenWithProgids"; ValueType: string; ValueName: "Chatdesk.Model"; ValueData: ""; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "Chatdesk"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\shell\open\command"; ValueType: string; ValueData: """{app}\chatdesk-window.exe"" -- ""%1"""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".gguf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".json"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".md"; ValueData: ""
; Documents and pictures to ask about.
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".pdf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".docx"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".pptx"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".xlsx"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".xls"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".odt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".odp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".ods"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".epub"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".rtf"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".html"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".htm"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".eml"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".ipynb"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".csv"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".tsv"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".srt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".vtt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".txt"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".log"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".xml"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".png"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".jpg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".jpeg"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".gif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".webp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".bmp"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".tif"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\Applications\chatdesk-window.exe\SupportedTypes"; ValueType: string; ValueName: ".tiff"; ValueData: ""

[Run]
Filename: "{app}\chatdesk-window.exe"; Description: "{cm:LaunchProgram,Chatdesk}"; Flags: nowait postinstall skipifsilent

[Code]
const
  { What the program calls itself while it runs: system/instance_lock.py. }
  RunningProgram = 'Chatdesk-is-running';

function InitializeUninstall: Boolean;
begin
  Result := True;
  while Result and CheckForMutexes(RunningProgram) do
    { Nobody is there to quit it where nothing may be asked. }
    Result := (not UninstallSilent) and (MsgBox(CustomMessage('StillRunning'), mbError, MB_RETRYCANCEL) = IDRETRY);
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Data: String;
begin
  { Without a person to ask, as winget uninstalls and upgrades, the data stays. }
  if (CurUninstallStep <> usPostUninstall) or UninstallSilent then
    Exit;
  Data := ExpandConstant('{localappdata}\Chatdesk');
  if DirExists(Data) and
     (MsgBox(FmtMessage(CustomMessage('DeleteData'), [Data]), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES) then
    if not DelTree(Data, True, True, True) then
      MsgBox(FmtMessage(CustomMessage('DataLeft'), [Data]), mbError, MB_OK);
end;

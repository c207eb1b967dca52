<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Version {version}, with Qt {qt}</source>
        <translation>版本 {version}，基于 Qt {qt}</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>网站</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>报告问题</translation>
    </message>
    <message>
        <source>Describe what you did and what happened. The details name versions and the system, nothing about your chats.</source>
        <translation>请说明你的操作和遇到的情况。详细信息只含版本和系统，不含任何对话内容。</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Log files</source>
        <translation>日志文件</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>MIT licence</source>
        <translation>MIT 许可证</translation>
    </message>
    <message>
        <source>Chatdesk is free software and contains other free software.</source>
        <translation>Chatdesk 是自由软件，并包含其他自由软件。</translation>
    </message>
    <message>
        <source>Show licences</source>
        <translation>查看许可证</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隐私</translation>
    </message>
    <message>
        <source>Messages are sent only to the provider you choose.</source>
        <translation>消息只发往你所选的提供商，不会发给其他任何人。</translation>
    </message>
    <message>
        <source>API keys are stored in the system keyring, never in a file, and are sent only to the provider they belong to.</source>
        <translation>密钥保存在系统密钥环中，不写入任何文件，并且只发给对应的提供商。</translation>
    </message>
    <message>
        <source>Previews run in Chromium {chromium}, with security fixes up to {fixes}</source>
        <translation>生成的网页在 Chromium {chromium} 中运行，安全修复截至 {fixes}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Chats are stored only on this computer, in a single file.</source>
        <translation>对话只保存在这台电脑上的一个文件里。</translation>
    </message>
    <message>
        <source>Chatdesk collects no usage data, and checks for updates only if you turn that on.</source>
        <translation>Chatdesk 不做任何统计，不上报任何信息，只有在你要求时才检查新版本。</translation>
    </message>
    <message>
        <source>Nothing a model writes can open a page, load a picture or run code until you click it.</source>
        <translation>未经你点击，模型写出的内容不能打开网页、加载图片或运行任何程序。</translation>
    </message>
</context>
<context>
    <name>AddressRow</name>
    <message>
        <source>Enter an address that begins with https://. Nothing was changed.</source>
        <translation>请输入以 https:// 开头的地址。没有做任何更改。</translation>
    </message>
    <message>
        <source>Use huggingface.co</source>
        <translation>使用 huggingface.co</translation>
    </message>
</context>
<context>
    <name>AdvancedFields</name>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Chat Completions</source>
        <translation>Chat Completions</translation>
    </message>
    <message>
        <source>Responses</source>
        <translation>Responses</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Extra JSON</source>
        <translation>附加 JSON</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 文件</translation>
    </message>
    <message>
        <source>The Responses API shows more of the reasoning of OpenAI models.</source>
        <translation>Responses 会显示更多 OpenAI 模型的思考过程。</translation>
    </message>
    <message>
        <source>Timeouts</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>headers, proxy, timeouts</source>
        <translation>请求头、代理、超时</translation>
    </message>
</context>
<context>
    <name>Alert</name>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Tip</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Important</source>
        <translation>重要</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Caution</source>
        <translation>当心</translation>
    </message>
</context>
<context>
    <name>AnswerNotifier</name>
    <message>
        <source>Answer ready</source>
        <translation>回答已完成</translation>
    </message>
    <message>
        <source>An answer was interrupted</source>
        <translation>回答已中断</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>ApplicationPresenter</name>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>{model} does not see earlier messages</source>
        <translation>{model} 不知道之前的消息</translation>
    </message>
    <message>
        <source>Each message starts a new run with the values you entered in the form.</source>
        <translation>每条消息都会按填写的表单重新运行一次。</translation>
    </message>
</context>
<context>
    <name>ApplicationStrip</name>
    <message>
        <source>For {application}</source>
        <translation>给 {application} 的信息</translation>
    </message>
</context>
<context>
    <name>AttachPresenter</name>
    <message>
        <source>Nothing was sent.</source>
        <translation>什么都没有发送。</translation>
    </message>
    <message>
        <source>Send without the picture</source>
        <translation>不带图片发送</translation>
    </message>
    <message>
        <source>Use a model with vision…</source>
        <translation>改用支持视觉的模型…</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>Send without the pictures</source>
        <translation>不带这些图片发送</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>{name} removed</source>
        <translation>已移除 {name}</translation>
    </message>
    <message>
        <source>A message can have at most {limit} pictures, and the chosen pages make it {count}.</source>
        <translation>一条消息最多包含 {limit} 张图片，加上所选页面共有 {count} 张。</translation>
    </message>
    <message>
        <source>Choose pages…</source>
        <translation>选择页面…</translation>
    </message>
    <message>
        <source>Attach a folder</source>
        <translation>添加文件夹</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <source>Document</source>
        <translation>文档</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除“{name}”</translation>
    </message>
    <message>
        <source>Stop reading {name}</source>
        <translation>停止读取“{name}”</translation>
    </message>
    <message>
        <source>What is read of {name}: {choice}</source>
        <translation>{name} 的读取内容：{choice}</translation>
    </message>
    <message>
        <source>Enter opens it, Delete removes it, Alt with an arrow key moves it.</source>
        <translation>按 Enter 打开，按 Delete 移除，按 Alt 加方向键移动。</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>需要密码</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Enter the password of {name}</source>
        <translation>输入 {name} 的密码</translation>
    </message>
    <message>
        <source>Has an old format</source>
        <translation>格式较旧</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>转换</translation>
    </message>
    <message>
        <source>Let LibreOffice convert {name}</source>
        <translation>用 LibreOffice 转换 {name}</translation>
    </message>
</context>
<context>
    <name>AttachmentChips</name>
    <message>
        <source>Attachments</source>
        <translation>附件</translation>
    </message>
</context>
<context>
    <name>BackupList</name>
    <message numerus="yes">
        <source>%n older backup(s)</source>
        <translation>
            <numerusform>%n 个较早的备份</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
</context>
<context>
    <name>BackupRow</name>
    <message>
        <source>Restore…</source>
        <translation>恢复…</translation>
    </message>
    <message>
        <source>Restore from the backup of {time}</source>
        <translation>从 {time} 的备份恢复</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已验证</translation>
    </message>
    <message>
        <source>from {computer}</source>
        <translation>来自 {computer}</translation>
    </message>
    <message>
        <source>Cannot be opened: the file is cut off</source>
        <translation>无法打开：文件不完整</translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation>无法打开</translation>
    </message>
    <message>
        <source>Opens with its passphrase</source>
        <translation>需用其密码短语打开</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>newest: {title}</source>
        <translation>最新：{title}</translation>
    </message>
    <message>
        <source>in the data folder</source>
        <translation>在数据文件夹中</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>较新版本</translation>
    </message>
    <message>
        <source>Update Chatdesk to restore it</source>
        <translation>更新 Chatdesk 后才能恢复</translation>
    </message>
</context>
<context>
    <name>BackupsCard</name>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>WebDAV server…</source>
        <translation>WebDAV 服务器…</translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>备份文件夹</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>正在备份…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即备份</translation>
    </message>
    <message>
        <source>Back up every day</source>
        <translation>每天备份</translation>
    </message>
    <message>
        <source>Change folder…</source>
        <translation>更改文件夹…</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Protect with a passphrase</source>
        <translation>用密码短语保护</translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>The last backup is from today.</source>
        <translation>上次备份是今天。</translation>
    </message>
    <message numerus="yes">
        <source>Last backup %n day(s) ago.</source>
        <translation>
            <numerusform>上次备份在 %n 天前。</numerusform>
        </translation>
    </message>
    <message>
        <source>To “{place}” · keeps 7 daily, 4 weekly, 12 monthly</source>
        <translation>备份到“{place}” · 保留 7 个每日、4 个每周、12 个每月备份</translation>
    </message>
    <message>
        <source>No backup yet. Chatdesk makes one each week in the data folder and keeps the last three.</source>
        <translation>还没有备份。Chatdesk 每周在数据文件夹中备份一次，并保留最近三个。</translation>
    </message>
    <message>
        <source>Off. Chatdesk makes one each week in the data folder and keeps the last three.</source>
        <translation>已关闭。Chatdesk 每周在数据文件夹中备份一次，并保留最近三个。</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Show backups in folder</source>
        <translation>在文件夹中显示备份</translation>
    </message>
    <message>
        <source>Backups then open only with it, here or with the age program. It cannot be recovered.</source>
        <translation>之后的备份只能用它打开（在此处或用 age 程序）。密码短语无法找回。</translation>
    </message>
    <message>
        <source>There is no backup there yet.</source>
        <translation>那里还没有备份。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Change the passphrase…</source>
        <translation>更改密码短语…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>正在等待服务器响应…</translation>
    </message>
    <message>
        <source>Waiting for the folder…</source>
        <translation>正在等待文件夹响应…</translation>
    </message>
</context>
<context>
    <name>BatchAnswer</name>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>What will be sent</source>
        <translation>将要发送的内容</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>已发送的内容</translation>
    </message>
    <message>
        <source>{what}: about {count} tokens</source>
        <translation>{what}：约 {count} 个 token</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The answer appears here</source>
        <translation>回答将显示在这里</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在回答…</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Save answer…</source>
        <translation>保存回答…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>发送的内容</translation>
    </message>
</context>
<context>
    <name>BatchDropTarget</name>
    <message>
        <source>Choose files…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a table…</source>
        <translation>选择表格…</translation>
    </message>
    <message>
        <source>Drop files, a folder or a table here</source>
        <translation>将文件、文件夹或表格拖到此处</translation>
    </message>
    <message>
        <source>PDF, office documents, text, code, CSV, TSV</source>
        <translation>PDF、办公文档、文本、代码、CSV、TSV</translation>
    </message>
</context>
<context>
    <name>BatchFoot</name>
    <message>
        <source>{done} of {count} done</source>
        <translation>已完成 {done}/{count}</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n 个文本</numerusform>
        </translation>
    </message>
    <message>
        <source>No texts yet</source>
        <translation>尚无文本</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 个失败</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>about {count} s left</source>
        <translation>约剩 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>约剩 {count} 分钟</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Save results…</source>
        <translation>保存结果…</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Seconds</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>选择表格</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Inputs and answers</source>
        <translation>输入与回答</translation>
    </message>
    <message>
        <source>[the text of {file}]</source>
        <translation>［{file} 的内容］</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n 个文本</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a preset first</source>
        <translation>请先选择预设</translation>
    </message>
    <message>
        <source>Choose a model first</source>
        <translation>请先选择模型</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Table…</source>
        <translation>表格…</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>BatchRows</name>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>BatchSetup</name>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Column for the text</source>
        <translation>文本所在的列</translation>
    </message>
    <message>
        <source>All other columns</source>
        <translation>其余所有列</translation>
    </message>
    <message>
        <source>Column for {name}</source>
        <translation>“{name}”所在的列</translation>
    </message>
    <message>
        <source>One value for all rows</source>
        <translation>所有行用同一个值</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>第 {number} 列</translation>
    </message>
    <message>
        <source>Choose a preset</source>
        <translation>选择预设</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>表格的列</translation>
    </message>
</context>
<context>
    <name>BrokenView</name>
    <message>
        <source>Not saved.</source>
        <translation>尚未保存。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Broken file</source>
        <translation>文件有误</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>File contents</source>
        <translation>文件内容</translation>
    </message>
</context>
<context>
    <name>BuiltInDetails</name>
    <message>
        <source>Models and settings</source>
        <translation>模型与设置</translation>
    </message>
    <message>
        <source>It starts when a chat needs it and stops when you quit Chatdesk. The included model is small and suited to trying things out with short answers in English. You can add any GGUF file. Nothing leaves this computer.</source>
        <translation>它在对话需要时启动，随 Chatdesk 一起退出。内置的模型很小，适合初次尝试，仅能用英文简短回答。可以添加任何 GGUF 文件。所有内容都不会离开这台电脑。</translation>
    </message>
</context>
<context>
    <name>CaFileRow</name>
    <message>
        <source>Choose a CA file</source>
        <translation>选择 CA 文件</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 文件</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>PEM file with certificate authorities (CAs) to trust for this server, in addition to the system&apos;s.</source>
        <translation>除系统证书外，这台服务器还要信任的证书颁发机构，PEM 文件。</translation>
    </message>
    <message>
        <source>System certificates only</source>
        <translation>仅系统证书</translation>
    </message>
</context>
<context>
    <name>CardChoices</name>
    <message>
        <source>same file and checksum at {hub}</source>
        <translation>{hub} 上有校验值相同的同一文件</translation>
    </message>
    <message>
        <source>Ollama is not responding.</source>
        <translation>Ollama 没有响应。</translation>
    </message>
    <message>
        <source>{quantization}, recommended</source>
        <translation>{quantization}，推荐</translation>
    </message>
    <message>
        <source>{quantization}, {size}, Ollama</source>
        <translation>{quantization}，{size}，Ollama</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>规模</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Instead</source>
        <translation>其他方式</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Get anyway</source>
        <translation>仍要获取</translation>
    </message>
    <message>
        <source>Get it with Ollama</source>
        <translation>用 Ollama 获取</translation>
    </message>
    <message>
        <source>Other quantisations</source>
        <translation>其他量化版本</translation>
    </message>
    <message>
        <source>The publisher&apos;s page</source>
        <translation>官方页面</translation>
    </message>
</context>
<context>
    <name>Catalogue</name>
    <message>
        <source>Everyday</source>
        <translation>日常</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>看图</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编程</translation>
    </message>
    <message>
        <source>Small and quick</source>
        <translation>小而快</translation>
    </message>
    <message>
        <source>Chat, writing and questions</source>
        <translation>聊天、写作和问答</translation>
    </message>
    <message>
        <source>Thinks before it answers</source>
        <translation>先思考再回答</translation>
    </message>
    <message>
        <source>Reads photos, screenshots and page pictures</source>
        <translation>能看照片、截图和页面图片</translation>
    </message>
    <message>
        <source>Longer programs and structured text</source>
        <translation>较长的程序和结构化文本</translation>
    </message>
    <message>
        <source>Short tasks and titles; runs anywhere</source>
        <translation>简短任务和标题，任何电脑都能运行</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多语言</translation>
    </message>
    <message>
        <source>{sentence}. A {base} taught by {teacher}</source>
        <translation>{sentence}。由 {teacher} 蒸馏的 {base} 模型</translation>
    </message>
    <message>
        <source>uses tools</source>
        <translation>能使用工具</translation>
    </message>
    <message>
        <source>sees pictures</source>
        <translation>能看图片</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>约 {size}</translation>
    </message>
    <message>
        <source>less than 1 min</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小时</translation>
    </message>
    <message>
        <source>Times at 100 Mbit/s</source>
        <translation>时间按 100 Mbit/s 计算</translation>
    </message>
    <message>
        <source>less than 1 word/s</source>
        <translation>每秒不到 1 字</translation>
    </message>
    <message>
        <source>about {count} words/s</source>
        <translation>每秒约 {count} 字</translation>
    </message>
    <message>
        <source>Times at {speed}, as measured last</source>
        <translation>时间按上次测得的 {speed} 计算</translation>
    </message>
    <message>
        <source>{amount}/s</source>
        <translation>{amount}/s</translation>
    </message>
</context>
<context>
    <name>CatalogueList</name>
    <message>
        <source>{shown} of {count}</source>
        <translation>{shown}/{count}</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>All {count}, also the {large} that are too large here</source>
        <translation>全部 {count} 个，包括这台电脑运行不了的 {large} 个</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>全部 {count} 个</translation>
    </message>
    <message>
        <source>For this computer</source>
        <translation>适合这台电脑</translation>
    </message>
    <message>
        <source>None of these models fits into the memory or on the disk of this computer.</source>
        <translation>这台电脑的内存或磁盘放不下这些模型。</translation>
    </message>
</context>
<context>
    <name>CellEdit</name>
    <message>
        <source>Alternative translations</source>
        <translation>这句话的其他译法</translation>
    </message>
</context>
<context>
    <name>ChatFormats</name>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Everything, to be imported again or read by other programs</source>
        <translation>包含全部内容，可再次导入或供其他程序读取</translation>
    </message>
    <message>
        <source>Text with headings and formulas, for editors and notes</source>
        <translation>带标题和公式的文本，适合编辑器和笔记</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>One page for any browser, light and dark, with all pictures in it</source>
        <translation>适用于任何浏览器的单个网页，支持浅色和深色，包含所有图片</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Words only, without any formatting</source>
        <translation>仅文字，不含任何格式</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Pages to print or share, with an outline</source>
        <translation>可打印和转发的页面，带大纲</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Word</translation>
    </message>
    <message>
        <source>Headings, tables, code and editable formulas</source>
        <translation>标题、表格、代码和可编辑的公式</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>制作副本</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>存为预设…</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete {count} chats</source>
        <translation>删除 {count} 个对话</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>移至文件夹</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新建文件夹…</translation>
    </message>
    <message>
        <source>Remove from folder</source>
        <translation>移出文件夹</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>为 Markdown</translation>
    </message>
    <message>
        <source>As plain text</source>
        <translation>为纯文本</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Export {count} chats…</source>
        <translation>导出 {count} 个对话…</translation>
    </message>
</context>
<context>
    <name>ChatNavigation</name>
    <message>
        <source>The chat of this link no longer exists</source>
        <translation>此链接指向的对话已不存在</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title}（副本）</translation>
    </message>
    <message>
        <source>Link copied. It opens the chat in Chatdesk, from a message or the search.</source>
        <translation>链接已复制。在 Chatdesk 的消息中点击它，或粘贴到搜索框，即可打开该对话。</translation>
    </message>
</context>
<context>
    <name>ChatPresenter</name>
    <message>
        <source>{model} cannot see the pictures in this chat</source>
        <translation>{model} 看不到这个对话里的图片</translation>
    </message>
    <message>
        <source>The pictures were not sent.</source>
        <translation>提问时没有附上图片。</translation>
    </message>
    <message>
        <source>Some pictures in this chat are missing or damaged</source>
        <translation>这个对话里有些图片已丢失或损坏</translation>
    </message>
    <message>
        <source>The request was sent without them.</source>
        <translation>提问时没有附上这些图片。</translation>
    </message>
    <message>
        <source>This chat has more pictures than one request can hold</source>
        <translation>这个对话的图片太多，一次请求放不下</translation>
    </message>
    <message>
        <source>Only the most recent ones were sent.</source>
        <translation>提问时只附上了最新的图片。</translation>
    </message>
</context>
<context>
    <name>ChatSection</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>Automatic ({model})</source>
        <translation>自动：{model}</translation>
    </message>
    <message>
        <source>words</source>
        <translation>词语</translation>
    </message>
    <message>
        <source>{model} (not available)</source>
        <translation>不可用：{model}</translation>
    </message>
</context>
<context>
    <name>ChatSettings</name>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>严谨</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Creative</source>
        <translation>发散</translation>
    </message>
    <message>
        <source>Temperature {number}: for facts and sums</source>
        <translation>温度 {number}：适合事实与计算</translation>
    </message>
    <message>
        <source>Temperature {number}: for everyday questions</source>
        <translation>温度 {number}：适合日常问题</translation>
    </message>
    <message>
        <source>Temperature {number}: for ideas and stories</source>
        <translation>温度 {number}：适合创意与故事</translation>
    </message>
    <message>
        <source>Temperature {number}, set under Advanced</source>
        <translation>温度 {number}，在“高级”中设置</translation>
    </message>
    <message>
        <source>Temperature {number}, from the preset</source>
        <translation>温度 {number}，来自预设</translation>
    </message>
    <message>
        <source>Temperature {number}, as set for this model</source>
        <translation>温度 {number}，为此模型设置</translation>
    </message>
    <message>
        <source>Temperature {number}, recommended by the model&apos;s developer</source>
        <translation>温度 {number}，模型开发者推荐</translation>
    </message>
    <message>
        <source>The model decides</source>
        <translation>由模型决定</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>简短</translation>
    </message>
    <message>
        <source>A few sentences</source>
        <translation>几句话</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>适中</translation>
    </message>
    <message>
        <source>The main points with a brief explanation</source>
        <translation>要点加简要说明</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>详尽</translation>
    </message>
    <message>
        <source>Detailed, with explanations and examples</source>
        <translation>详细，附说明和示例</translation>
    </message>
    <message>
        <source>Answers at once</source>
        <translation>立即作答</translation>
    </message>
    <message>
        <source>Better on hard questions, slower to start</source>
        <translation>难题更准确，开始作答更慢</translation>
    </message>
    <message>
        <source>Quick to start, for easy questions</source>
        <translation>开始更快，适合简单问题</translation>
    </message>
    <message>
        <source>The provider&apos;s default temperature</source>
        <translation>提供商的默认温度</translation>
    </message>
</context>
<context>
    <name>ChatSettingsPanel</name>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Unload model</source>
        <translation>卸载模型</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>Expanded</source>
        <translation>已展开</translation>
    </message>
    <message>
        <source>Collapsed</source>
        <translation>已折叠</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>How should it answer in this chat?</source>
        <translation>它在这个对话中应如何回答？</translation>
    </message>
    <message>
        <source>Use a preset</source>
        <translation>使用预设</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>存为预设</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s)</source>
        <translation>
            <numerusform>%n 部分</numerusform>
        </translation>
    </message>
    <message>
        <source>Instructions sent to the model</source>
        <translation>模型收到的指令</translation>
    </message>
    <message>
        <source>{parts} · {tokens}</source>
        <translation>{parts} · {tokens}</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Creativity</source>
        <translation>创造性</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n 项已改</numerusform>
        </translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>高级</translation>
    </message>
    <message>
        <source>Applies from the next answer on. Earlier answers keep the instructions they were given.</source>
        <translation>从下一个回答起生效。之前的回答保留当时的指令。</translation>
    </message>
</context>
<context>
    <name>ChatToasts</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已保存：{name}</translation>
    </message>
    <message>
        <source>Message deleted</source>
        <translation>已删除消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) deleted</source>
        <translation>
            <numerusform>已删除 %n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer changed</source>
        <translation>回答已修改</translation>
    </message>
    <message>
        <source>Changes discarded</source>
        <translation>修改已放弃</translation>
    </message>
    <message>
        <source>Chat copied to the clipboard</source>
        <translation>对话已复制到剪贴板</translation>
    </message>
    <message>
        <source>The original answer is kept as another version</source>
        <translation>原来的回答作为另一个版本保留</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>CheckActions</name>
    <message>
        <source>Measure speed</source>
        <translation>测量速度</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>查找原因</translation>
    </message>
    <message>
        <source>Test the connection and find the problem</source>
        <translation>检查连接</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>Search by title</source>
        <translation>按标题搜索</translation>
    </message>
    <message>
        <source>{count} of {total} chosen</source>
        <translation>已选 {count} / {total}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Search by title or folder</source>
        <translation>按标题或文件夹搜索</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>所有文件夹</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>没有文件夹</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>All listed</source>
        <translation>列出的全部</translation>
    </message>
</context>
<context>
    <name>CodeView</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Edited. Running it creates a new version.</source>
        <translation>已修改。运行后会成为新版本。</translation>
    </message>
    <message>
        <source>Run the edited code (Ctrl+Enter)</source>
        <translation>运行修改后的代码（Ctrl+Enter）</translation>
    </message>
</context>
<context>
    <name>CommandRow</name>
    <message>
        <source>Copy command</source>
        <translation>复制命令</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Write the next message</source>
        <translation>输入下一条消息</translation>
    </message>
    <message>
        <source>Message {model}</source>
        <translation>给 {model} 发消息</translation>
    </message>
    <message>
        <source>Write a message, or type / for a preset</source>
        <translation>输入消息，或键入 / 选用预设</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>Add a message, or just send</source>
        <translation>补充几句，或直接发送</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>位于 {folder}</translation>
    </message>
    <message>
        <source>Do not create the chat in {folder}</source>
        <translation>不在 {folder} 中创建对话</translation>
    </message>
</context>
<context>
    <name>Console</name>
    <message>
        <source>usage: {command}</source>
        <translation>用法：{command}</translation>
    </message>
    <message>
        <source>examples:</source>
        <translation>示例：</translation>
    </message>
    <message>
        <source>options:</source>
        <translation>选项：</translation>
    </message>
    <message>
        <source>“{name}” is binary data, not text.</source>
        <translation>“{name}”是二进制数据，不是文本。</translation>
    </message>
    <message>
        <source>Starting the built-in engine</source>
        <translation>正在启动内置引擎</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Summarising</source>
        <translation>正在总结</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>正在等待服务器</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>正在读取提示词</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>正在推理</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
    <message>
        <source>{stage} in {seconds} s</source>
        <translation>{stage}（{seconds} 秒后）</translation>
    </message>
    <message>
        <source>show the model&apos;s reasoning on standard error</source>
        <translation>在标准错误输出中显示模型的推理过程</translation>
    </message>
    <message>
        <source>list servers and their models</source>
        <translation>列出服务器及其模型</translation>
    </message>
    <message>
        <source>“{path}” is larger than {megabytes} MB.</source>
        <translation>“{path}”超过 {megabytes} MB。</translation>
    </message>
    <message>
        <source>Sign in here: {sign_in_url}</source>
        <translation>请在此登录：{sign_in_url}</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>{model} always reasons, so “{wanted}” was not sent.</source>
        <translation>{model} 始终会推理；未发送“{wanted}”。</translation>
    </message>
    <message>
        <source>{model} is not known to support reasoning, so “{wanted}” was not sent.</source>
        <translation>据目前所知，{model} 不支持推理；未发送“{wanted}”。</translation>
    </message>
    <message>
        <source>{server} has no known setting for reasoning, so “{wanted}” was not sent.</source>
        <translation>不清楚如何让 {server} 控制推理；未发送“{wanted}”。</translation>
    </message>
    <message>
        <source>--var and --var-file set the variables of a preset. Choose one with --preset.</source>
        <translation>--var 和 --var-file 用于填写预设：请用 --preset 指定一个预设。</translation>
    </message>
    <message>
        <source>The question is missing. Try: chatdesk ask &quot;Why is the sky blue?&quot;</source>
        <translation>没有要提的问题。例如：chatdesk ask &quot;天空为什么是蓝色的？&quot;</translation>
    </message>
    <message>
        <source>The model asked for tools, which `chatdesk ask` does not run: {names}</source>
        <translation>模型想调用工具，但这里不会运行工具：{names}</translation>
    </message>
    <message>
        <source>No chat model found on {server}.</source>
        <translation>没有可提问的模型：{server} 没有可用于对话的模型。</translation>
    </message>
    <message>
        <source>{model} is not a chat model.</source>
        <translation>{model} 不能回答问题：它是其他类型的模型。</translation>
    </message>
    <message>
        <source>Model not found: {model}. Did you mean {near}?</source>
        <translation>没有名为 {model} 的模型。你是指：{near}？</translation>
    </message>
    <message>
        <source>Model not found on any server: {model}. Run `chatdesk models` to list the available models.</source>
        <translation>所有服务器都没有名为 {model} 的模型。用 `chatdesk models` 查看现有模型。</translation>
    </message>
    <message>
        <source>{name} is turned off in the settings. Available servers: {known}</source>
        <translation>{name} 已在设置中停用。已启用的服务器：{known}</translation>
    </message>
    <message>
        <source>Unknown server: {name}. Available servers: {known}</source>
        <translation>没有名为 {name} 的服务器。已有的服务器：{known}</translation>
    </message>
    <message>
        <source>show this help and exit</source>
        <translation>显示此帮助</translation>
    </message>
    <message>
        <source>Unexpected argument: {argument}</source>
        <translation>多余的参数：{argument}</translation>
    </message>
    <message>
        <source>{option} does not take a value.</source>
        <translation>{option} 不接受值。</translation>
    </message>
    <message>
        <source>Missing value: {option} {value}</source>
        <translation>缺少值：{option} {value}</translation>
    </message>
    <message>
        <source>Invalid value for {option}: “{value}”. Choose one of: {choices}.</source>
        <translation>{option} 只能是：{choices}。“{value}”不在其中。</translation>
    </message>
    <message>
        <source>Unknown option: {option}. Did you mean {near}?</source>
        <translation>没有选项 {option}。你是指 {near} 吗？</translation>
    </message>
    <message>
        <source>Unknown option: {option}.</source>
        <translation>没有选项 {option}。</translation>
    </message>
    <message>
        <source>No such command or file: {name}. Did you mean {near}?</source>
        <translation>没有名为 {name} 的命令或文件。你是指 {near} 吗？</translation>
    </message>
    <message>
        <source>No such command or file: {name}.</source>
        <translation>没有名为 {name} 的命令或文件。</translation>
    </message>
    <message>
        <source>Chat with local and remote language models. Without a command, the window opens. With files, the window offers to import them: presets, chats saved as JSON, and GGUF models.</source>
        <translation>与本地和远程语言模型对话。不带命令时打开窗口；带文件时，窗口会询问是否导入其中的内容：预设、保存为 JSON 的对话、GGUF 模型。</translation>
    </message>
    <message>
        <source>exit codes: 0 success, 1 a file or the output cannot be read or written, 2 invalid usage, 3 no server or model available, 4 the server refused the request, 5 the answer is incomplete or empty, 130 interrupted by Ctrl+C or a closed pipe</source>
        <translation>退出码：0 已回答，1 文件或输出无法读写，2 用法错误，3 没有可用的服务器或模型，4 服务器拒绝，5 回答中断或为空，130 被 Ctrl+C 中止或输出不再被读取</translation>
    </message>
    <message>
        <source>show the version and exit</source>
        <translation>显示版本</translation>
    </message>
    <message>
        <source>commands:</source>
        <translation>命令：</translation>
    </message>
    <message>
        <source>Run `chatdesk help COMMAND` to see the options of a command.</source>
        <translation>用 `chatdesk help COMMAND` 查看某个命令的选项。</translation>
    </message>
    <message>
        <source>Cannot read standard input: {reason}.</source>
        <translation>无法读取标准输入：{reason}。</translation>
    </message>
    <message>
        <source>Standard input is larger than {megabytes} MB.</source>
        <translation>通过管道传入的内容超过 {megabytes} MB。</translation>
    </message>
    <message>
        <source>“{name}” is not valid UTF-8: invalid byte at position {position}. Convert it first, for example with iconv.</source>
        <translation>“{name}”不是 UTF-8 文本：第 {position} 个字节不构成字符。请先转换编码，例如使用 iconv。</translation>
    </message>
    <message>
        <source>The argument “{argument}” is not valid UTF-8.</source>
        <translation>参数“{argument}”不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>Cannot write the output: {reason}.</source>
        <translation>无法写入输出：{reason}。</translation>
    </message>
    <message>
        <source>Waiting for the built-in engine</source>
        <translation>正在等待内置引擎空闲</translation>
    </message>
    <message>
        <source>No response, retrying</source>
        <translation>没有响应，正在重试</translation>
    </message>
    <message>
        <source>Server busy, retrying</source>
        <translation>服务器繁忙，正在重试</translation>
    </message>
    <message>
        <source>The server does not accept a reasoning setting for this model, so “{wanted}” was not sent.</source>
        <translation>服务器不支持设定此模型的推理方式（“{wanted}”）；已不带此设置提问。</translation>
    </message>
    <message>
        <source>The server does not support the reasoning setting “{wanted}”, so “{used}” was sent.</source>
        <translation>服务器不支持推理强度“{wanted}”；已改用“{used}”提问。</translation>
    </message>
    <message>
        <source>(The text above is reasoning. The answer follows.)</source>
        <translation>（以上是推理过程，回答如下。）</translation>
    </message>
    <message>
        <source>(The server withdrew the text above. The answer follows.)</source>
        <translation>（服务器撤回了以上内容，回答如下。）</translation>
    </message>
    <message>
        <source>(Some characters arrived damaged and are shown as �.)</source>
        <translation>（部分字符在传输中损坏，以 � 代替。）</translation>
    </message>
    <message>
        <source>(The answer includes a picture: {address})</source>
        <translation>（回答中包含一张图片：{address}）</translation>
    </message>
    <message>
        <source>(The answer includes a picture. To see it, ask in the window or use --json.)</source>
        <translation>（回答中包含一张图片。请在窗口中提问以查看和保存，或使用 --json。）</translation>
    </message>
    <message>
        <source>print JSON, one object per line (see docs/command-line.md)</source>
        <translation>输出 JSON，每行一个对象（docs/command-line.md）</translation>
    </message>
    <message>
        <source>ask a question and stream the answer to standard output</source>
        <translation>提一个问题；回答逐步输出到标准输出</translation>
    </message>
    <message>
        <source>Ask a question. Piped input is appended to it, or used as the question.</source>
        <translation>提一个问题。通过管道传入的内容会附在问题之后，或作为问题本身。</translation>
    </message>
    <message>
        <source>model name, as listed by `chatdesk models`</source>
        <translation>模型名称，见 `chatdesk models`</translation>
    </message>
    <message>
        <source>server name, as listed by `chatdesk models`</source>
        <translation>服务器名称，见 `chatdesk models`</translation>
    </message>
    <message>
        <source>system prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>preset, as listed by `chatdesk presets`</source>
        <translation>预设，见 `chatdesk presets`</translation>
    </message>
    <message>
        <source>set a variable of the preset</source>
        <translation>填写预设的一个变量</translation>
    </message>
    <message>
        <source>set a variable of the preset to the contents of a file</source>
        <translation>用文件的文本填写预设的一个变量</translation>
    </message>
    <message>
        <source>reasoning: {choices}</source>
        <translation>是否先推理以及推理强度：{choices}</translation>
    </message>
    <message>
        <source>list presets and their variables</source>
        <translation>列出预设及其变量</translation>
    </message>
    <message>
        <source>open the quick question window</source>
        <translation>打开快速提问小窗口</translation>
    </message>
    <message>
        <source>Open the quick question window, and start Chatdesk if it is not running. To open it from anywhere, bind this command to a keyboard shortcut in your desktop settings.</source>
        <translation>打开正在运行的程序的快速提问窗口，或启动程序并打开它。在桌面设置中为此命令绑定快捷键，即可随时使用。</translation>
    </message>
    <message>
        <source>show the help for a command</source>
        <translation>显示某个命令的帮助</translation>
    </message>
    <message>
        <source>Unknown preset: {name}. Did you mean {near}?</source>
        <translation>没有名为 {name} 的预设。你是指：{near}？</translation>
    </message>
    <message>
        <source>Unknown preset: {name}. Run `chatdesk presets` to list the available presets.</source>
        <translation>没有名为 {name} 的预设。用 `chatdesk presets` 查看全部预设。</translation>
    </message>
    <message>
        <source>{preset} needs values for: {wanted}</source>
        <translation>{preset} 还需要：{wanted}</translation>
    </message>
    <message>
        <source>{preset} has no variable {name}. Its variables: {names}.</source>
        <translation>{preset} 没有变量 {name}。它的变量有：{names}。</translation>
    </message>
    <message>
        <source>{preset} has no variables, so {name} cannot be set.</source>
        <translation>{preset} 没有变量 {name}。它没有任何变量。</translation>
    </message>
    <message>
        <source>Use the form name=value instead of {argument}.</source>
        <translation>请写成 name=value，而不是 {argument}。</translation>
    </message>
    <message>
        <source>Cannot read “{path}”: {reason}.</source>
        <translation>无法读取“{path}”：{reason}。</translation>
    </message>
    <message>
        <source>{name} must be one of: {choices}.</source>
        <translation>{name} 只能是：{choices}。</translation>
    </message>
    <message>
        <source>{name} must be a number, not {value}.</source>
        <translation>{name} 是数字，不能是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be a number from {least} to {most}.</source>
        <translation>{name} 是 {least} 到 {most} 之间的数字。</translation>
    </message>
    <message>
        <source>Enter it in Settings, in the Chatdesk window.</source>
        <translation>请在窗口的设置中填写。</translation>
    </message>
    <message>
        <source>Start it, or choose another server with --server.</source>
        <translation>请启动它，或用 --server 选择其他服务器。</translation>
    </message>
    <message>
        <source>See the log for details.</source>
        <translation>详情请查看日志。</translation>
    </message>
    <message>
        <source>If that address is correct, enter it in Settings, in the Chatdesk window.</source>
        <translation>如果该地址正确，请在窗口的设置中填写。</translation>
    </message>
    <message>
        <source>Enter {address_there} in Settings, in the Chatdesk window.</source>
        <translation>请在窗口的设置中填写 {address_there}。</translation>
    </message>
    <message>
        <source>Check the port, and whether /v1 is missing at the end.</source>
        <translation>请检查端口，以及是否缺少 /v1。</translation>
    </message>
    <message>
        <source>Use https, or allow it in Settings, in the Chatdesk window.</source>
        <translation>请使用 https，或在窗口的设置中允许发送。</translation>
    </message>
    <message>
        <source>Run `chatdesk models` to list the available models.</source>
        <translation>用 `chatdesk models` 查看现有模型。</translation>
    </message>
    <message>
        <source>Set CHATDESK_HOME to use another folder.</source>
        <translation>可设置 CHATDESK_HOME 来使用其他文件夹。</translation>
    </message>
    <message>
        <source>Quit it, then start it again.</source>
        <translation>请先结束它，再重新启动。</translation>
    </message>
    <message>
        <source>Nothing was sent to it.</source>
        <translation>未向它传递任何内容。</translation>
    </message>
    <message>
        <source>{server} sets the context window itself, so --context was not sent.</source>
        <translation>{server} 自行设定模型的上下文；未发送 --context。</translation>
    </message>
    <message>
        <source>--context must be a number of tokens from {least} to {most}, not {value}.</source>
        <translation>--context 是 {least} 到 {most} 之间的 token 数，不能是 {value}。</translation>
    </message>
    <message>
        <source>Context window: {tokens} tokens.</source>
        <translation>模型以 {tokens} 个 token 的上下文读取此内容。</translation>
    </message>
    <message>
        <source>context window in tokens (Ollama only); by default the smallest common size that fits</source>
        <translation>向 Ollama 请求的上下文 token 数；不指定时使用足够的最小常用大小</translation>
    </message>
    <message>
        <source>{model} will be reloaded for the next question.</source>
        <translation>下一个问题会重新加载 {model}。</translation>
    </message>
    <message>
        <source>The model produced only reasoning and no answer.</source>
        <translation>模型只进行了推理，没有给出回答。</translation>
    </message>
    <message>
        <source>Ollama is installed but not running, so {model} answers instead.</source>
        <translation>已安装 Ollama，但它没有运行：改由 {model} 回答。</translation>
    </message>
    <message>
        <source>The files and the question have about {tokens} tokens, but {model} reads at most {limit}. Send less, or choose a model with a larger context window.</source>
        <translation>文件和问题约有 {tokens} 个 token，而 {model} 最多能读 {limit} 个。请减少内容，或选择上下文窗口更大的模型。</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在读取 {name}</translation>
    </message>
    <message>
        <source>Reading {name}, {read} of {count}</source>
        <translation>正在读取 {name}，{read}/{count}</translation>
    </message>
    <message>
        <source>send a document or a picture with the question</source>
        <translation>随问题发送文档或图片</translation>
    </message>
    <message>
        <source>import chats and presets of other programs</source>
        <translation>导入其他程序的对话和预设</translation>
    </message>
    <message>
        <source>Show the chats and presets in files, archives and folders of other programs, and import them after asking. What is already here is left out, and new messages are added to chats that are here. If the window is open, it shows what can be imported instead.</source>
        <translation>显示其他程序的文件、压缩包和文件夹中的对话和预设，确认后导入。已有的内容会跳过，已有对话中的新消息会补充进来。如果窗口已打开，则由窗口显示可以导入的内容。</translation>
    </message>
    <message>
        <source>import without asking</source>
        <translation>不询问，直接导入</translation>
    </message>
    <message>
        <source>put the chats into this folder of the list</source>
        <translation>把对话放进列表中的这个文件夹</translation>
    </message>
    <message>
        <source>Chatdesk is open: its window shows what can be imported. To import here, quit Chatdesk first.</source>
        <translation>Chatdesk 已打开，请在其窗口中查看可以导入的内容。要在此处导入，请先退出 Chatdesk。</translation>
    </message>
    <message>
        <source>messages for a model</source>
        <translation>模型消息列表</translation>
    </message>
    <message>
        <source>transcript</source>
        <translation>对话记录</translation>
    </message>
    <message>
        <source>{file} ({program}): chats: {count}, messages: {messages}</source>
        <translation>{file}（{program}）：对话 {count} 个，消息 {messages} 条</translation>
    </message>
    <message>
        <source>  from {first} to {last}</source>
        <translation>  从 {first} 到 {last}</translation>
    </message>
    <message>
        <source>  new: {count}</source>
        <translation>  新对话：{count}</translation>
    </message>
    <message>
        <source>  already here, with new messages: {count}</source>
        <translation>  已有，但有新消息：{count}</translation>
    </message>
    <message>
        <source>  in Recently deleted, will be restored: {count}</source>
        <translation>  在“最近删除”中，将恢复：{count}</translation>
    </message>
    <message>
        <source>  already here: {count}</source>
        <translation>  已有：{count}</translation>
    </message>
    <message>
        <source>Presets: {count} ({names})</source>
        <translation>预设：{count}（{names}）</translation>
    </message>
    <message>
        <source>Presets that are already here: {count}</source>
        <translation>已有的预设：{count}</translation>
    </message>
    <message>
        <source>Pictures that are not in the file: {count}</source>
        <translation>文件中缺失的图片：{count}</translation>
    </message>
    <message>
        <source>Documents that are not in the file: {count}</source>
        <translation>文件中缺失的文档：{count}</translation>
    </message>
    <message>
        <source>Sounds that are left out: {count}</source>
        <translation>略过的音频：{count}</translation>
    </message>
    <message>
        <source>Videos that are left out: {count}</source>
        <translation>略过的视频：{count}</translation>
    </message>
    <message>
        <source>Empty chats that are left out: {count}</source>
        <translation>略过的空对话：{count}</translation>
    </message>
    <message>
        <source>Damaged chats that are left out: {count}</source>
        <translation>略过的损坏对话：{count}</translation>
    </message>
    <message>
        <source>Damaged messages that are left out: {count}</source>
        <translation>略过的损坏消息：{count}</translation>
    </message>
    <message>
        <source>Tool calls that are left out: {count}</source>
        <translation>略过的工具调用：{count}</translation>
    </message>
    <message>
        <source>Sources that are left out: {count}</source>
        <translation>略过的来源：{count}</translation>
    </message>
    <message>
        <source>Texts that are shortened: {count}</source>
        <translation>被截短的文本：{count}</translation>
    </message>
    <message>
        <source>Notes about you that are left out: {count}</source>
        <translation>略过的关于你的记忆：{count}</translation>
    </message>
    <message>
        <source>Shared links that are left out: {count}</source>
        <translation>略过的分享链接：{count}</translation>
    </message>
    <message>
        <source>There is nothing new to import.</source>
        <translation>没有可以导入的新内容。</translation>
    </message>
    <message>
        <source>Import? [y/N] </source>
        <translation>导入吗？[y/N] </translation>
    </message>
    <message>
        <source>Nothing was imported, because confirmation needs a terminal. Add --yes to import without asking.</source>
        <translation>无法询问，因此没有导入任何内容。要不询问直接导入，请加上 --yes。</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>没有导入任何内容。</translation>
    </message>
    <message>
        <source>Reading {name}, chats: {count}</source>
        <translation>正在读取 {name}，对话：{count}</translation>
    </message>
    <message>
        <source>Importing: {percent}%</source>
        <translation>正在导入：{percent} %</translation>
    </message>
    <message>
        <source>Imported chats: {count}</source>
        <translation>已导入对话：{count}</translation>
    </message>
    <message>
        <source>Chats with new messages: {count}</source>
        <translation>有新消息的对话：{count}</translation>
    </message>
    <message>
        <source>Chats restored from Recently deleted: {count}</source>
        <translation>从“最近删除”恢复的对话：{count}</translation>
    </message>
    <message>
        <source>Imported messages: {count}</source>
        <translation>已导入消息：{count}</translation>
    </message>
    <message>
        <source>Imported pictures: {count}</source>
        <translation>已导入图片：{count}</translation>
    </message>
    <message>
        <source>Imported documents: {count}</source>
        <translation>已导入文档：{count}</translation>
    </message>
    <message>
        <source>Imported presets: {count}</source>
        <translation>已导入预设：{count}</translation>
    </message>
    <message>
        <source>Imported glossaries: {count}</source>
        <translation>已导入的术语表：{count}</translation>
    </message>
    <message>
        <source>Glossaries: {count}</source>
        <translation>术语表：{count}</translation>
    </message>
    <message>
        <source>Name the files or folders to import.</source>
        <translation>请指定要导入的文件或文件夹。</translation>
    </message>
    <message>
        <source>There is no file “{path}”.</source>
        <translation>没有文件“{path}”。</translation>
    </message>
    <message>
        <source>write chats as files</source>
        <translation>将对话写成文件</translation>
    </message>
    <message>
        <source>Write each chat as a file, into a new folder or a .zip archive. JSON files can be imported again. The window must be closed.</source>
        <translation>将每个对话写成一个文件，放入新文件夹或 .zip 压缩包。JSON 文件可以再次导入。窗口必须已关闭。</translation>
    </message>
    <message>
        <source>format of the files: {choices}; by default json</source>
        <translation>文件格式：{choices}；默认为 json</translation>
    </message>
    <message>
        <source>only the chats in this folder of the list</source>
        <translation>仅列表中此文件夹内的对话</translation>
    </message>
    <message>
        <source>with reasoning, times, models, tokens and other versions (always in JSON)</source>
        <translation>包含推理过程、时间、模型、token 数和其他版本（JSON 始终包含）</translation>
    </message>
    <message>
        <source>Exported chats: {count}, to {path}</source>
        <translation>已导出对话：{count} 个，位置：{path}</translation>
    </message>
    <message>
        <source>Exporting: {percent}%</source>
        <translation>正在导出：{percent}%</translation>
    </message>
    <message>
        <source>Name one folder or .zip file to write.</source>
        <translation>请指定一个要写入的文件夹或 .zip 文件。</translation>
    </message>
    <message>
        <source>There is no folder “{name}”.</source>
        <translation>没有名为“{name}”的文件夹。</translation>
    </message>
    <message>
        <source>There are no chats to export.</source>
        <translation>没有可导出的对话。</translation>
    </message>
    <message>
        <source>  archived, put into the folder “{folder}”: {count}</source>
        <translation>  已归档，放入文件夹“{folder}”：{count}</translation>
    </message>
</context>
<context>
    <name>ConsoleView</name>
    <message numerus="yes">
        <source>%n network request(s) blocked: </source>
        <translation>
            <numerusform>已拦截 %n 个网络请求：</numerusform>
        </translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Ask for a fix</source>
        <translation>请求修复</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>No messages of this type.</source>
        <translation>没有这类输出。</translation>
    </message>
    <message>
        <source>The page has written no messages.</source>
        <translation>页面还没有任何输出。</translation>
    </message>
    <message>
        <source>Previews have no network access. Ask for a version that works offline.</source>
        <translation>页面在这里不能访问网络。可以要求给出不需要网络的版本。</translation>
    </message>
    <message>
        <source>Messages shown</source>
        <translation>显示哪些输出</translation>
    </message>
    <message>
        <source>Copy console</source>
        <translation>复制控制台内容</translation>
    </message>
    <message>
        <source>Clear console</source>
        <translation>清空控制台</translation>
    </message>
</context>
<context>
    <name>Context</name>
    <message>
        <source>{tokens} tokens (about {size} more memory)</source>
        <translation>{tokens} 个 token（约多占用 {size} 内存）</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Leaving out older messages is not enough, because the last one is too long.</source>
        <translation>仅略去较早的消息还不够：最后一条太长。</translation>
    </message>
    <message>
        <source>The whole chat is sent: about {tokens} tokens in a context window of {room}. The server may refuse it.</source>
        <translation>将全部发送：约 {tokens} 个 token，而容量为 {room}。服务器可能会拒绝。</translation>
    </message>
    <message>
        <source>{tokens} tokens (memory use unknown)</source>
        <translation>{tokens} 个 token（内存占用未知）</translation>
    </message>
    <message>
        <source>This chat has about {tokens} tokens; the context window of {model} is {room}.</source>
        <translation>此对话约有 {tokens} 个 token，{model} 的容量为 {room}。</translation>
    </message>
    <message>
        <source>This chat has about {tokens} tokens. The context window of {model} is {room}, which leaves too little room for an answer.</source>
        <translation>此对话约有 {tokens} 个 token。{model} 的容量为 {room}，已容不下回答。</translation>
    </message>
    <message>
        <source>This message has about {tokens} tokens; the context window of {model} is {room}.</source>
        <translation>此消息约有 {tokens} 个 token，{model} 的容量为 {room}。</translation>
    </message>
    <message>
        <source>This message has about {tokens} tokens. The context window of {model} is {room}, which leaves too little room for an answer.</source>
        <translation>此消息约有 {tokens} 个 token。{model} 的容量为 {room}，已容不下回答。</translation>
    </message>
</context>
<context>
    <name>ContextMeter</name>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Chat so far</source>
        <translation>此前的对话</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>This message</source>
        <translation>这条消息</translation>
    </message>
    <message>
        <source>Reserved for the answer</source>
        <translation>留给回答</translation>
    </message>
    <message>
        <source>About {used} tokens</source>
        <translation>约 {used} 个 token</translation>
    </message>
    <message>
        <source>About {used} of {room} tokens</source>
        <translation>约 {used} / {room} 个 token</translation>
    </message>
    <message>
        <source>The context window is too small for this chat.</source>
        <translation>上下文窗口容纳不下此对话。</translation>
    </message>
    <message>
        <source>The context window is full.</source>
        <translation>上下文窗口已满。</translation>
    </message>
    <message>
        <source>The context window is almost full.</source>
        <translation>上下文窗口即将用满。</translation>
    </message>
    <message>
        <source>about {count} tokens</source>
        <translation>约 {count} 个 token</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文档</translation>
    </message>
</context>
<context>
    <name>ContextPresenter</name>
    <message>
        <source>Send everything anyway</source>
        <translation>仍然全部发送</translation>
    </message>
    <message>
        <source>Ask every time</source>
        <translation>每次询问我</translation>
    </message>
    <message>
        <source>Leave out oldest messages</source>
        <translation>略去最早的消息</translation>
    </message>
    <message>
        <source>Summarise oldest messages</source>
        <translation>概括最早的消息</translation>
    </message>
    <message>
        <source>The model is reloaded with a context window of {size}, which it keeps.</source>
        <translation>模型将以 {size} 上下文读取，为此会重新加载一次，并保持这一长度。</translation>
    </message>
</context>
<context>
    <name>ContextStrip</name>
    <message>
        <source>Send anyway</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>They stay in the chat, but are not sent to the model</source>
        <translation>这些消息仍保留在对话中，但模型看不到</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>概括</translation>
    </message>
    <message>
        <source>The model writes a summary, which is sent in their place</source>
        <translation>由模型写一份摘要代替它们</translation>
    </message>
    <message>
        <source>The server may refuse the request or drop part of it</source>
        <translation>服务器可能会拒绝，或自行略去部分内容</translation>
    </message>
    <message>
        <source>Larger context…</source>
        <translation>扩大上下文…</translation>
    </message>
    <message>
        <source>The model uses more memory</source>
        <translation>模型会占用更多内存</translation>
    </message>
    <message>
        <source>View summary…</source>
        <translation>查看摘要…</translation>
    </message>
    <message>
        <source>Choose what to do when the chat does not fit</source>
        <translation>对话放不下时改用其他方式</translation>
    </message>
    <message>
        <source>Use a {size} context</source>
        <translation>以 {size} 上下文读取</translation>
    </message>
    <message>
        <source>Choose a larger model…</source>
        <translation>选择更大的模型…</translation>
    </message>
</context>
<context>
    <name>ConversationDelegate</name>
    <message>
        <source>Chat title</source>
        <translation>对话标题</translation>
    </message>
    <message>
        <source>Folder name</source>
        <translation>文件夹名称</translation>
    </message>
</context>
<context>
    <name>ConversationList</name>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>New chat in this folder</source>
        <translation>在此文件夹中新建对话</translation>
    </message>
    <message>
        <source>Show only the newest match</source>
        <translation>仅显示最新的匹配</translation>
    </message>
    <message>
        <source>Show all matches in this chat</source>
        <translation>显示此对话中的所有匹配</translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>In messages</source>
        <translation>消息内容</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>{folder}, folder, {chats}, unfolded</source>
        <translation>{folder}，文件夹，{chats}，已展开</translation>
    </message>
    <message>
        <source>{folder}, folder, {chats}, folded</source>
        <translation>{folder}，文件夹，{chats}，已折叠</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近删除</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>answer in progress</source>
        <translation>正在回答</translation>
    </message>
    <message>
        <source>new answer</source>
        <translation>有新回答</translation>
    </message>
    <message>
        <source>unsent text</source>
        <translation>有未发送的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n more match(es)</source>
        <translation>
            <numerusform>另有 %n 处匹配</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataActions</name>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>From other programs, or from files of Chatdesk</source>
        <translation>来自其他程序，或 Chatdesk 的文件</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Sync with other computers</source>
        <translation>与其他电脑同步</translation>
    </message>
    <message>
        <source>Through a folder that all can reach: Syncthing, iCloud, OneDrive, Nutstore or WebDAV</source>
        <translation>通过所有电脑都能访问的文件夹：Syncthing、iCloud、OneDrive、坚果云、WebDAV 服务器等</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Export everything</source>
        <translation>导出全部</translation>
    </message>
    <message>
        <source>All chats as Word, PDF, HTML, Markdown or JSON, with presets and glossaries</source>
        <translation>将所有对话导出为 Word、PDF、HTML、Markdown 或 JSON，包括预设和术语表</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>DataFolderPresenter</name>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Move back to the usual folder</source>
        <translation>移回默认文件夹</translation>
    </message>
    <message>
        <source>Folder for all data</source>
        <translation>存放所有数据的文件夹</translation>
    </message>
    <message>
        <source>One folder is inside the other.</source>
        <translation>一个文件夹位于另一个之内。</translation>
    </message>
    <message>
        <source>There is a folder named Chatdesk with files in it. Choose an empty folder.</source>
        <translation>那里已有名为 Chatdesk 且包含文件的文件夹。请选择空文件夹。</translation>
    </message>
    <message>
        <source>Nothing can be written in this folder.</source>
        <translation>无法写入此文件夹。</translation>
    </message>
    <message>
        <source>This folder cannot be used ({reason}).</source>
        <translation>无法使用此文件夹。（{reason}）</translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>剩余 {size}</translation>
    </message>
    <message>
        <source>Chats on this computer</source>
        <translation>此电脑上的对话</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s), kept for 30 days</source>
        <translation>
            <numerusform>%n 个对话，保留 30 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近删除</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Everything stays on this computer unless you send it somewhere.</source>
        <translation>除非由你发送，所有内容都保存在此电脑上。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Documents in chats</source>
        <translation>对话中的文档</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n 个文档</numerusform>
        </translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>显示…</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n 个附件</numerusform>
        </translation>
    </message>
    <message>
        <source>{chats}, {attachments}</source>
        <translation>{chats}，{attachments}</translation>
    </message>
    <message>
        <source>Moving in and out</source>
        <translation>导入与导出</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>诊断信息</translation>
    </message>
    <message>
        <source>Versions, numbers and sizes for a bug report. Nothing of your chats.</source>
        <translation>用于错误报告的版本、数量和大小，不包含对话内容。</translation>
    </message>
</context>
<context>
    <name>DeclarationForm</name>
    <message>
        <source>Label</source>
        <translation>标签名</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步长</translation>
    </message>
    <message>
        <source>Hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>记住</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Use letters, digits, _ and -, starting with a letter. The name must be unique.</source>
        <translation>变量名以文字开头，只含文字、数字、_ 和 -，且不能重复。</translation>
    </message>
    <message>
        <source>Shown in the form. Leave empty to use the variable name.</source>
        <translation>表单里显示的名称。留空则用变量名。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Initial value in the form.</source>
        <translation>开始时填好的内容。</translation>
    </message>
    <message>
        <source>One per line.</source>
        <translation>每行一个。</translation>
    </message>
    <message>
        <source>Allow other values</source>
        <translation>允许其他内容</translation>
    </message>
    <message>
        <source>You can also type a value that is not listed.</source>
        <translation>也可以填写选项以外的内容。</translation>
    </message>
    <message>
        <source>Minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>Text if yes</source>
        <translation>选“是”时</translation>
    </message>
    <message>
        <source>Inserted in the prompt if yes is chosen.</source>
        <translation>此时写进提示词的文字。</translation>
    </message>
    <message>
        <source>Text if no</source>
        <translation>选“否”时</translation>
    </message>
    <message>
        <source>Leave empty to insert nothing.</source>
        <translation>留空则什么都不写。</translation>
    </message>
    <message>
        <source>A value is needed before you can send.</source>
        <translation>不填就不能发送。</translation>
    </message>
    <message>
        <source>Suggest the last value next time.</source>
        <translation>下次自动填入上次的内容。</translation>
    </message>
    <message>
        <source>Renamed everywhere in the prompt.</source>
        <translation>所有用到它的地方会一起改。</translation>
    </message>
</context>
<context>
    <name>DefaultModelRow</name>
    <message>
        <source>Last used</source>
        <translation>上次使用的</translation>
    </message>
    <message>
        <source>Use the last used model</source>
        <translation>使用上次使用的模型</translation>
    </message>
</context>
<context>
    <name>DeletedChat</name>
    <message>
        <source>This chat was deleted. {days}.</source>
        <translation>此对话已删除，{days}。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Delete permanently</source>
        <translation>永久删除</translation>
    </message>
</context>
<context>
    <name>DeletedHeader</name>
    <message>
        <source>Recently deleted</source>
        <translation>最近删除</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回列表</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>全部恢复</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Delete all permanently…</source>
        <translation>全部永久删除…</translation>
    </message>
</context>
<context>
    <name>DeletedPage</name>
    <message>
        <source>Search deleted chats</source>
        <translation>搜索已删除的对话</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近删除</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>Deleted chats are kept here for 30 days, then permanently deleted.</source>
        <translation>删除的对话会在这里保留 30 天，之后将被永久删除。</translation>
    </message>
    <message>
        <source>No deleted chats. Chats are kept here for 30 days after you delete them.</source>
        <translation>这里没有内容。删除的对话会保留 30 天。</translation>
    </message>
    <message>
        <source>Select a chat to read it.</source>
        <translation>点按对话可先查看再决定。</translation>
    </message>
    <message>
        <source>Space used: {size}.</source>
        <translation>共占用 {size}。</translation>
    </message>
</context>
<context>
    <name>DeletedPresenter</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message numerus="yes">
        <source>%n restored</source>
        <translation>
            <numerusform>已恢复 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>Restored to {folder}</source>
        <translation>已恢复到“{folder}”</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>Permanently delete “{name}”?</source>
        <translation>永久删除“{name}”？</translation>
    </message>
    <message>
        <source>You cannot undo this.</source>
        <translation>此操作无法撤销。</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) in the folder are deleted too. You cannot undo this.</source>
        <translation>
            <numerusform>其中的 %n 个对话也会一并删除，且无法恢复。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Permanently delete %n chat(s)?</source>
        <translation>
            <numerusform>永久删除全部 %n 项？</numerusform>
        </translation>
    </message>
    <message>
        <source>Existing backups keep a copy until they are replaced by newer ones.</source>
        <translation>此前的备份中仍会保留，直到被新的备份取代。</translation>
    </message>
    <message>
        <source>Delete permanently</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>Permanently deleted</source>
        <translation>已永久删除</translation>
    </message>
    <message numerus="yes">
        <source>%n permanently deleted</source>
        <translation>
            <numerusform>已永久删除 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeletedTexts</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message numerus="yes">
        <source>Folder with %n chat(s)</source>
        <translation>
            <numerusform>含 %n 个对话的文件夹</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>还剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted today at {time}</source>
        <translation>今天 {time} 删除</translation>
    </message>
    <message>
        <source>Deleted yesterday at {time}</source>
        <translation>昨天 {time} 删除</translation>
    </message>
    <message>
        <source>Deleted on {day}</source>
        <translation>{day}删除</translation>
    </message>
    <message>
        <source>dddd</source>
        <translation>ddd</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M 月 d 日</translation>
    </message>
    <message>
        <source>Empty folder</source>
        <translation>没有对话的文件夹</translation>
    </message>
    <message>
        <source>from {folder}</source>
        <translation>原在“{folder}”中</translation>
    </message>
    <message>
        <source>unsent draft</source>
        <translation>未发送的草稿</translation>
    </message>
</context>
<context>
    <name>DeletionSheet</name>
    <message>
        <source>Delete {model}?</source>
        <translation>删除 {model}？</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>0 MB</source>
        <translation>0 MB</translation>
    </message>
    <message>
        <source>Delete (frees {size})</source>
        <translation>删除（释放 {size}）</translation>
    </message>
    <message>
        <source>This frees no disk space, because {models} uses the same weights.</source>
        <translation>这不会释放空间：{models} 仍在使用这些权重。</translation>
    </message>
    <message>
        <source>This frees {size}. To use the model again, you need to download or create it again.</source>
        <translation>将释放 {size}。再次使用时需要重新下载或创建。</translation>
    </message>
    <message>
        <source>This frees up to {size}. To use the model again, you need to download or create it again.</source>
        <translation>最多释放 {size}。再次使用时需要重新下载或创建。</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>This frees {size} once you empty the trash. Until then, you can restore the files.</source>
        <translation>清空回收站后可释放 {size}。在此之前可以还原文件。</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>Select a preset to see it here.</source>
        <translation>选择一个预设，在这里查看。</translation>
    </message>
</context>
<context>
    <name>DiagnosticsSheet</name>
    <message>
        <source>Diagnostics</source>
        <translation>诊断信息</translation>
    </message>
    <message>
        <source>For a bug report. This is all of it: versions, numbers, sizes and a few settings. It contains no names, addresses, folders or keys, and nothing from your chats. Nothing is sent.</source>
        <translation>用于错误报告。全部内容如下：版本、数量、大小和少数设置。其中没有任何人名，也不包含对话内容、地址、文件夹或密钥。不会发送任何内容。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>DifferenceModel</name>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>%n 行未改动</numerusform>
        </translation>
    </message>
    <message>
        <source>These versions are too different to compare: {before} lines before, {after} lines after.</source>
        <translation>差别太大，无法比较：之前 {before} 行，之后 {after} 行。</translation>
    </message>
    <message>
        <source>Added, line {number}: {text}</source>
        <translation>新增，第 {number} 行：{text}</translation>
    </message>
    <message>
        <source>Removed, line {number}: {text}</source>
        <translation>删除，第 {number} 行：{text}</translation>
    </message>
    <message>
        <source>Line {number}: {text}</source>
        <translation>第 {number} 行：{text}</translation>
    </message>
</context>
<context>
    <name>Doctor</name>
    <message>
        <source>Ollama {version} is installed</source>
        <translation>已安装 Ollama {version}</translation>
    </message>
    <message>
        <source>Ollama was not found on this computer</source>
        <translation>这台电脑上没有找到 Ollama</translation>
    </message>
    <message>
        <source>Ollama is running, but not on port {port}</source>
        <translation>Ollama 在运行，但不在端口 {port} 上</translation>
    </message>
    <message>
        <source>Remove that header from the provider settings, or add its value to OLLAMA_ORIGINS.</source>
        <translation>从提供商设置中移除该请求头，或把它的值加入 OLLAMA_ORIGINS。</translation>
    </message>
    <message>
        <source>The certificate is not for {host}</source>
        <translation>证书不属于 {host}</translation>
    </message>
    <message>
        <source>The certificate cannot be trusted</source>
        <translation>证书不可信任</translation>
    </message>
    <message>
        <source>Use an https address, or allow it in the settings.</source>
        <translation>请使用 https 地址，或在设置中允许发送。</translation>
    </message>
    <message>
        <source>The server has no models</source>
        <translation>服务器上没有模型</translation>
    </message>
    <message>
        <source>Looking for Ollama on this computer…</source>
        <translation>正在这台电脑上查找 Ollama…</translation>
    </message>
    <message>
        <source>Ollama is not installed on this computer</source>
        <translation>这台电脑没有安装 Ollama</translation>
    </message>
    <message>
        <source>{server} is not running at {place}</source>
        <translation>{server} 没有在 {place} 运行</translation>
    </message>
    <message>
        <source>{server} could not be started</source>
        <translation>无法启动 {server}</translation>
    </message>
    <message>
        <source>{server} cannot be used at {place}</source>
        <translation>{place} 的 {server} 无法使用</translation>
    </message>
    <message>
        <source>Another chat server</source>
        <translation>另一个聊天服务器</translation>
    </message>
    <message>
        <source>Ollama is installed</source>
        <translation>已安装 Ollama</translation>
    </message>
    <message>
        <source>Exit code {code}.</source>
        <translation>退出代码 {code}。</translation>
    </message>
    <message>
        <source>1 model</source>
        <translation>1 个模型</translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation>{count} 个模型</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} 毫秒</translation>
    </message>
    <message>
        <source>Use this address</source>
        <translation>使用此地址</translation>
    </message>
    <message>
        <source>Add as a provider</source>
        <translation>添加为提供商</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>启动 Ollama</translation>
    </message>
    <message>
        <source>Choose a CA file…</source>
        <translation>选择 CA 文件…</translation>
    </message>
    <message>
        <source>Change address</source>
        <translation>修改地址</translation>
    </message>
    <message>
        <source>Provider settings</source>
        <translation>提供商设置</translation>
    </message>
    <message>
        <source>Download {value}</source>
        <translation>下载 {value}</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Download page</source>
        <translation>下载页面</translation>
    </message>
    <message>
        <source>Download it, or run the command in a terminal, then check again.</source>
        <translation>下载安装，或在终端中运行命令，然后重新检查。</translation>
    </message>
    <message>
        <source>Ollama is not running (no response on port {port})</source>
        <translation>端口 {port} 没有响应：Ollama 没有运行</translation>
    </message>
    <message>
        <source>The environment variable OLLAMA_HOST may be set.</source>
        <translation>可能为它设置了 OLLAMA_HOST。</translation>
    </message>
    <message>
        <source>Ollama stopped right after it was started</source>
        <translation>Ollama 启动后立即退出了</translation>
    </message>
    <message>
        <source>A server responds at {host}, port {port}</source>
        <translation>{host} 的端口 {port} 有响应</translation>
    </message>
    <message>
        <source>Ollama could not be started</source>
        <translation>未能启动 Ollama</translation>
    </message>
    <message>
        <source>No response on port {port} of this computer</source>
        <translation>这台电脑的端口 {port} 没有响应</translation>
    </message>
    <message>
        <source>{host} is reachable, but does not respond on port {port}</source>
        <translation>{host} 在线，但端口 {port} 没有响应</translation>
    </message>
    <message>
        <source>By default, Ollama accepts connections only from its own computer. If you let it listen on the network, everyone on that network can use it.</source>
        <translation>Ollama 默认只接受本机的连接，需要设置后才会监听网络。之后该网络中的所有人都能使用它。</translation>
    </message>
    <message>
        <source>Host not found: {host}</source>
        <translation>找不到名为 {host} 的电脑</translation>
    </message>
    <message>
        <source>Check the spelling, and that you are connected to its network.</source>
        <translation>请检查拼写，并确认你在它所在的网络中。</translation>
    </message>
    <message>
        <source>{host} does not respond on port {port}</source>
        <translation>{host} 的端口 {port} 没有反应</translation>
    </message>
    <message>
        <source>It may be turned off, on another network, or behind a firewall.</source>
        <translation>它可能已关机、在另一个网络中，或被防火墙挡住。</translation>
    </message>
    <message>
        <source>{server} responds correctly</source>
        <translation>{server} 响应正常</translation>
    </message>
    <message>
        <source>It accepts the connection, but sends nothing for {seconds} s</source>
        <translation>它接受了连接，但 {seconds} 秒内没有任何响应</translation>
    </message>
    <message>
        <source>It may be busy, or it may not be a chat server.</source>
        <translation>它可能正忙，也可能根本不是聊天服务器。</translation>
    </message>
    <message>
        <source>{server} responds at {address}</source>
        <translation>{server} 在 {address} 响应</translation>
    </message>
    <message>
        <source>“localhost” has two addresses, and the server listens on only one of them.</source>
        <translation>“localhost”有两个地址，它只监听其中一个。</translation>
    </message>
    <message>
        <source>{vendor} responds at {address}</source>
        <translation>{vendor} 在 {address} 响应</translation>
    </message>
    <message>
        <source>The proxy {proxy} blocks the connection</source>
        <translation>代理 {proxy} 挡住了连接</translation>
    </message>
    <message>
        <source>Without the proxy, the server responds.</source>
        <translation>直接连接时服务器有响应。</translation>
    </message>
    <message>
        <source>The proxy {proxy} refused the request</source>
        <translation>代理 {proxy} 没有放行请求</translation>
    </message>
    <message>
        <source>Ollama rejects the host name {host} (403)</source>
        <translation>Ollama 拒绝了主机名 {host}（403）</translation>
    </message>
    <message>
        <source>It accepts other names only when it listens on the network, or when a reverse proxy sends “Host: localhost”.</source>
        <translation>只有监听网络后，或前面的代理发送“Host: localhost”时，它才接受其他名称。</translation>
    </message>
    <message>
        <source>Ollama rejects the Origin header (403)</source>
        <translation>Ollama 拒绝了请求头 Origin（403）</translation>
    </message>
    <message>
        <source>The certificate is not from a trusted authority</source>
        <translation>证书没有受信任的机构担保</translation>
    </message>
    <message>
        <source>If this is your own server, choose its CA file.</source>
        <translation>如果服务器是你自己的，请选择其证书颁发机构的文件。</translation>
    </message>
    <message>
        <source>Use the host name given in the certificate.</source>
        <translation>请使用证书中的名称。</translation>
    </message>
    <message>
        <source>The certificate has expired or is not valid yet</source>
        <translation>证书目前不在有效期内</translation>
    </message>
    <message>
        <source>Renew it on the server, or check the date and time of this computer.</source>
        <translation>需要在服务器上更新证书。这台电脑的时间正确吗？</translation>
    </message>
    <message>
        <source>The address uses https, but the server is not encrypted</source>
        <translation>服务器没有加密，而地址写的是 https</translation>
    </message>
    <message>
        <source>The address uses http, but the server is encrypted</source>
        <translation>服务器使用加密，而地址写的是 http</translation>
    </message>
    <message>
        <source>The server was found, but the path in the address is wrong</source>
        <translation>服务器在线，但地址的结尾不对</translation>
    </message>
    <message>
        <source>It responds at {address}</source>
        <translation>它在 {address} 响应</translation>
    </message>
    <message>
        <source>The server at this address is not a chat server</source>
        <translation>响应的是别的程序，不是聊天服务器</translation>
    </message>
    <message>
        <source>It redirects to another address</source>
        <translation>它把请求都转到另一个地址</translation>
    </message>
    <message>
        <source>The API key is accepted</source>
        <translation>密钥有效</translation>
    </message>
    <message>
        <source>An API key is required, but none is saved for this address</source>
        <translation>需要密钥，但没有为这个地址保存密钥</translation>
    </message>
    <message>
        <source>The API key was rejected (401)</source>
        <translation>密钥未被接受（401）</translation>
    </message>
    <message>
        <source>It may have expired, or belong to another provider or region.</source>
        <translation>密钥可能已过期，或属于其他提供商或地区。</translation>
    </message>
    <message>
        <source>The API key was not sent, because the address is not encrypted</source>
        <translation>密钥没有发送：地址未加密</translation>
    </message>
    <message>
        <source>{model} is available</source>
        <translation>{model} 已就绪</translation>
    </message>
    <message>
        <source>{model} is not available on this server</source>
        <translation>这个服务器上没有 {model}</translation>
    </message>
    <message>
        <source>Each user&apos;s Ollama has its own models folder. This one may have been started by another user.</source>
        <translation>由其他用户启动的 Ollama 把模型放在该用户的文件夹中，而这一个只查看自己的文件夹。</translation>
    </message>
    <message>
        <source>Version {version} has a known security vulnerability</source>
        <translation>版本 {version} 有已知的安全漏洞</translation>
    </message>
    <message>
        <source>Update to version {wanted} or later.</source>
        <translation>请更新到 {wanted} 或更高版本。</translation>
    </message>
    <message>
        <source>No response within {seconds} s</source>
        <translation>{seconds} 秒内没有响应</translation>
    </message>
    <message>
        <source>Checking for a response…</source>
        <translation>正在查看是否有响应…</translation>
    </message>
    <message>
        <source>Contacting the server…</source>
        <translation>正在询问服务器…</translation>
    </message>
    <message>
        <source>Checking other common addresses…</source>
        <translation>正在查看其他常用地址…</translation>
    </message>
    <message>
        <source>{server} does not respond at {place}</source>
        <translation>{server} 在 {place} 没有响应</translation>
    </message>
    <message>
        <source>{server} requires an API key</source>
        <translation>{server} 需要密钥</translation>
    </message>
    <message>
        <source>{server} rejected the API key</source>
        <translation>{server} 不接受密钥</translation>
    </message>
    <message>
        <source>{server} responds, but a model is missing</source>
        <translation>{server} 有响应，但缺少模型</translation>
    </message>
    <message>
        <source>Checking {server}…</source>
        <translation>正在检查 {server}…</translation>
    </message>
    <message>
        <source>{server} responds at {place}</source>
        <translation>{server} 在 {place} 响应</translation>
    </message>
    <message>
        <source>System error: “{reason}”.</source>
        <translation>系统提示：“{reason}”。</translation>
    </message>
    <message>
        <source>Last output: “{output}”.</source>
        <translation>它最后的输出：“{output}”。</translation>
    </message>
    <message>
        <source>Try again, or run the command in a terminal to see its full output.</source>
        <translation>请重试，或在终端中运行该命令，查看它的全部输出。</translation>
    </message>
    <message>
        <source>Bypass the proxy</source>
        <translation>不使用代理</translation>
    </message>
    <message>
        <source>Enter API key</source>
        <translation>输入密钥</translation>
    </message>
    <message>
        <source>Show instructions</source>
        <translation>显示方法</translation>
    </message>
    <message>
        <source>{server} has been removed</source>
        <translation>{server} 在此期间已被移除</translation>
    </message>
</context>
<context>
    <name>DoctorCard</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用内置模型</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>You can continue reading and writing in the meantime.</source>
        <translation>期间可以继续阅读和书写。</translation>
    </message>
    <message>
        <source>Your message is saved. You can send it again at any time.</source>
        <translation>消息已保存，随时可以重新提问。</translation>
    </message>
    <message>
        <source>No problems found with the connection.</source>
        <translation>连接没有问题。</translation>
    </message>
    <message>
        <source>Your message is saved. You can send it again once this is fixed.</source>
        <translation>消息已保存，问题解决后可以重新提问。</translation>
    </message>
    <message>
        <source>Nothing changes until you choose an action.</source>
        <translation>选择操作之前不会更改任何内容。</translation>
    </message>
    <message>
        <source>Copies the results without API keys, for a bug report.</source>
        <translation>检查结果，可用于报告问题，不含密钥。</translation>
    </message>
</context>
<context>
    <name>DoctorPresenter</name>
    <message>
        <source>Troubleshooting</source>
        <translation>查找原因</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>DoctorVisit</name>
    <message>
        <source>Saving the change…</source>
        <translation>正在保存更改…</translation>
    </message>
    <message>
        <source>Starting Ollama… This can take half a minute.</source>
        <translation>正在启动 Ollama…可能需要半分钟。</translation>
    </message>
    <message>
        <source>Choose a CA file</source>
        <translation>选择 CA 文件</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>DocumentFoot</name>
    <message>
        <source>Goes to {server} with the question</source>
        <translation>随问题发送到 {server}</translation>
    </message>
    <message>
        <source>Stays on this computer</source>
        <translation>留在这台电脑上</translation>
    </message>
    <message>
        <source>find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>back to the chat</source>
        <translation>返回对话</translation>
    </message>
    <message>
        <source>next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>next sheet</source>
        <translation>下一张工作表</translation>
    </message>
    <message>
        <source>next slide</source>
        <translation>下一张幻灯片</translation>
    </message>
    <message>
        <source>next file</source>
        <translation>下一个文件</translation>
    </message>
    <message>
        <source>next chapter</source>
        <translation>下一章</translation>
    </message>
</context>
<context>
    <name>DocumentHead</name>
    <message>
        <source>Previous section</source>
        <translation>上一部分</translation>
    </message>
    <message>
        <source>Next section</source>
        <translation>下一部分</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文档中查找</translation>
    </message>
    <message>
        <source>Save the document as…</source>
        <translation>文档另存为…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
</context>
<context>
    <name>DocumentOptions</name>
    <message>
        <source>Attach separately</source>
        <translation>单独添加</translation>
    </message>
    <message>
        <source>Attach all</source>
        <translation>全部添加</translation>
    </message>
    <message>
        <source>As pictures, for models with vision</source>
        <translation>作为图片发送（需支持视觉的模型）</translation>
    </message>
    <message>
        <source>The recognised text</source>
        <translation>识别出的文字</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>作为文字</translation>
    </message>
    <message>
        <source>Read with Tesseract</source>
        <translation>用 Tesseract 识别</translation>
    </message>
    <message>
        <source>Choose pages…</source>
        <translation>选择页面…</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message numerus="yes">
        <source>All %n page(s) as pictures</source>
        <translation>
            <numerusform>全部 %n 页作为图片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentPresenter</name>
    <message>
        <source>Send the whole text</source>
        <translation>发送全文</translation>
    </message>
    <message>
        <source>Do not search for this question</source>
        <translation>这个问题不查找</translation>
    </message>
    <message>
        <source>Show the summary</source>
        <translation>查看摘要</translation>
    </message>
    <message>
        <source>Show the document</source>
        <translation>查看文档</translation>
    </message>
    <message>
        <source>Use the relevant passages</source>
        <translation>使用相关段落</translation>
    </message>
    <message>
        <source>Summarise first</source>
        <translation>先总结</translation>
    </message>
</context>
<context>
    <name>DocumentStrip</name>
    <message>
        <source>Use a {size} context</source>
        <translation>使用 {size} 上下文</translation>
    </message>
    <message>
        <source>The model uses more memory</source>
        <translation>模型会占用更多内存</translation>
    </message>
    <message>
        <source>{name}: about {tokens} tokens. That fills the context; earlier messages may be left out.</source>
        <translation>{name}：约 {tokens} 个 token。这会占满上下文，较早的消息可能不会发送。</translation>
    </message>
    <message>
        <source>Nothing in {name} matches “{words}”.</source>
        <translation>{name} 中没有与“{words}”匹配的内容。</translation>
    </message>
    <message>
        <source>Summarising {name}…</source>
        <translation>正在总结 {name}…</translation>
    </message>
    <message>
        <source>Summarising {name}: part {step} of {count}</source>
        <translation>正在总结 {name}：第 {step} 部分，共 {count} 部分</translation>
    </message>
    <message>
        <source>{name} has not been summarised. {reason}</source>
        <translation>{name} 未能总结。{reason}</translation>
    </message>
    <message>
        <source>A summary of {name} will be sent: about {tokens} tokens.</source>
        <translation>将发送 {name} 的摘要：约 {tokens} 个 token。</translation>
    </message>
    <message>
        <source>These documents are longer than the model can read here: about {tokens} tokens, with room for {room}.</source>
        <translation>这些文档超出了模型在此能读取的长度：约 {tokens} 个 token，可用空间为 {room}。</translation>
    </message>
    <message>
        <source>{name} is longer than the model can read here: about {tokens} tokens, with room for {room}.</source>
        <translation>{name} 超出了模型在此能读取的长度：约 {tokens} 个 token，可用空间为 {room}。</translation>
    </message>
    <message>
        <source>The passages of {name} that match the question will be sent.</source>
        <translation>将发送 {name} 中与问题相关的段落。</translation>
    </message>
    <message>
        <source>{sent} of {count} passages of {name} will be sent, found with “{words}”.</source>
        <translation>将发送 {name} 的 {count} 个段落中的 {sent} 个，由“{words}”找到。</translation>
    </message>
    <message>
        <source>{sent} of {count} passages of {name} will be sent.</source>
        <translation>将发送 {name} 的 {count} 个段落中的 {sent} 个。</translation>
    </message>
    <message>
        <source>Choose pages…</source>
        <translation>选择页面…</translation>
    </message>
    <message>
        <source>Send only a part of the document</source>
        <translation>只发送文档的一部分</translation>
    </message>
    <message>
        <source>Summarise first</source>
        <translation>先总结</translation>
    </message>
    <message>
        <source>The model writes a summary, which is sent in place of the text</source>
        <translation>模型写一份摘要，代替全文发送</translation>
    </message>
    <message>
        <source>Let the model suggest search terms</source>
        <translation>让模型建议词语</translation>
    </message>
    <message>
        <source>The model is asked for alternative search terms for your question</source>
        <translation>请模型为你的问题换用其他词语</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Choose what is sent of the document</source>
        <translation>选择发送文档的哪些内容</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Finished parts are not summarised again</source>
        <translation>已完成的部分不会重新总结</translation>
    </message>
    <message>
        <source>Send the whole text</source>
        <translation>发送全文</translation>
    </message>
    <message>
        <source>Use the relevant passages</source>
        <translation>使用相关段落</translation>
    </message>
    <message>
        <source>For each question, the passages that fit it are found and sent</source>
        <translation>针对每个问题，查找并发送与之相关的段落</translation>
    </message>
    <message>
        <source>Summarising {name}: combining the parts</source>
        <translation>正在总结 {name}：合并各部分</translation>
    </message>
    <message>
        <source>Asking the model for alternative search terms…</source>
        <translation>正在请模型提供其他词语…</translation>
    </message>
    <message>
        <source>{sentence} Indexing by meaning: {done} of {total}.</source>
        <translation>{sentence}正在按含义建立索引：{done}/{total}。</translation>
    </message>
    <message>
        <source>Use a model with vision…</source>
        <translation>改用支持视觉的模型…</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>{name} is sent as pictures, which {model} does not support.</source>
        <translation>{name} 以图片形式发送，而 {model} 不支持图片。</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Send the question without the document</source>
        <translation>发送问题，但不带此文档</translation>
    </message>
    <message>
        <source>Send the text</source>
        <translation>发送文本</translation>
    </message>
    <message>
        <source>The text in the file, without its layout</source>
        <translation>文件中的文本，不含版式</translation>
    </message>
    <message>
        <source>Read with Tesseract</source>
        <translation>用 Tesseract 识别</translation>
    </message>
    <message>
        <source>Tesseract recognises the text on this computer</source>
        <translation>由 Tesseract 在本机识别文字</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Document {name}</source>
        <translation>文档 {name}</translation>
    </message>
    <message>
        <source>The text of this document is missing. Attach the file again.</source>
        <translation>找不到这个文档的文本，请重新添加文件。</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>sent, {tokens}</source>
        <translation>随问题发送，{tokens}</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy without source</source>
        <translation>复制（不含出处）</translation>
    </message>
    <message>
        <source>Ask about this passage</source>
        <translation>就这段内容提问</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文档中查找</translation>
    </message>
    <message>
        <source>Save the document as…</source>
        <translation>文档另存为…</translation>
    </message>
    <message>
        <source>Text of {name}</source>
        <translation>{name} 的文本</translation>
    </message>
    <message>
        <source>sent as a picture</source>
        <translation>以图像随问题发送</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>没有文本</translation>
    </message>
</context>
<context>
    <name>DownloadsPanel</name>
    <message>
        <source>Provider to download to</source>
        <translation>由哪个提供商下载</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>On {server}</source>
        <translation>下载到 {server}</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 个进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being downloaded.</source>
        <translation>目前没有下载。</translation>
    </message>
    <message>
        <source>Downloads resume after a restart, also from another source. Each file is checked against its SHA-256 before it is used.</source>
        <translation>重启后下载会继续，也可换用其他来源。每个文件在使用前都会核对 SHA-256。</translation>
    </message>
    <message>
        <source>Sources and mirror…</source>
        <translation>来源与镜像…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>显示文件夹</translation>
    </message>
    <message>
        <source>Another model from Ollama&apos;s library</source>
        <translation>Ollama 模型库中的其他模型</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to open</source>
        <translation>松开即可打开</translation>
    </message>
    <message>
        <source>Chatdesk shows the content before anything is imported.</source>
        <translation>Chatdesk 会先显示其中的内容，再决定是否保存。</translation>
    </message>
    <message>
        <source>This cannot be read</source>
        <translation>这个文件无法读取</translation>
    </message>
    <message>
        <source>None of these can be read</source>
        <translation>这些文件都无法读取</translation>
    </message>
    <message>
        <source>Drop to ask about this file</source>
        <translation>松开即可就这个文件提问</translation>
    </message>
    <message>
        <source>It goes into your next message. Nothing is sent yet.</source>
        <translation>它会随下一条消息发送，现在还不会发送任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>Drop to ask about these %n file(s)</source>
        <translation>
            <numerusform>松开即可就这 %n 个文件提问</numerusform>
        </translation>
    </message>
    <message>
        <source>They go into your next message. Nothing is sent yet.</source>
        <translation>它们会随下一条消息发送，现在还不会发送任何内容。</translation>
    </message>
    <message>
        <source>When you send the message, this goes to {server}.</source>
        <translation>发送消息时，这些内容会传到 {server}。</translation>
    </message>
    <message>
        <source>Stays on this computer: {model} runs here.</source>
        <translation>文件不会离开这台电脑：{model} 在本机运行。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>read as text</source>
        <translation>读取为文本</translation>
    </message>
    <message>
        <source>{model} has no vision</source>
        <translation>{model} 不能识别图片</translation>
    </message>
    <message>
        <source>seen as a picture</source>
        <translation>作为图片查看</translation>
    </message>
    <message>
        <source>opened in Chatdesk</source>
        <translation>在 Chatdesk 中打开</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>文件太大</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message>
        <source>New chat with these</source>
        <translation>用这些文件新建对话</translation>
    </message>
    <message>
        <source>Drop to choose the files</source>
        <translation>松开以选择文件</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>压缩包</translation>
    </message>
    <message>
        <source>you choose its files</source>
        <translation>由你选择其中的文件</translation>
    </message>
    <message>
        <source>needs LibreOffice</source>
        <translation>需要 LibreOffice</translation>
    </message>
    <message>
        <source>They stay on this computer: {model} runs here.</source>
        <translation>文件不会离开这台电脑：{model} 在本机运行。</translation>
    </message>
</context>
<context>
    <name>EditFiles</name>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>EditPresenter</name>
    <message>
        <source>A preset needs a name.</source>
        <translation>预设需要一个名称。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>A preset needs a prompt, an opening message or a greeting.</source>
        <translation>预设至少要有提示词、开场消息或问候语之一。</translation>
    </message>
    <message>
        <source>Save as my copy</source>
        <translation>存为我的副本</translation>
    </message>
    <message>
        <source>Not saved.</source>
        <translation>尚未保存。</translation>
    </message>
    <message>
        <source>A model setting has an invalid value.</source>
        <translation>模型设置中有一项按现在的写法无法保存。</translation>
    </message>
    <message>
        <source>Not saved. The built-in preset is unchanged.</source>
        <translation>尚未保存，内置的原版会保留。</translation>
    </message>
    <message>
        <source>Not saved. Version {number} is unchanged.</source>
        <translation>尚未保存，第 {number} 版会保留。</translation>
    </message>
    <message>
        <source>Save as version {number}</source>
        <translation>存为第 {number} 版</translation>
    </message>
</context>
<context>
    <name>EditorHead</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>My copy</source>
        <translation>我的副本</translation>
    </message>
    <message>
        <source>Choose icon</source>
        <translation>选择图标</translation>
    </message>
    <message>
        <source>What this preset is for</source>
        <translation>它能做什么</translation>
    </message>
    <message>
        <source>Try with sample</source>
        <translation>用示例试运行</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>我的预设</translation>
    </message>
    <message>
        <source>Save and use</source>
        <translation>保存并使用</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>The file is damaged.</source>
        <translation>文件已损坏。</translation>
    </message>
    <message>
        <source>Added by you</source>
        <translation>由你添加</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory; this computer has {memory}.</source>
        <translation>约需 {needed} 内存，而这台电脑有 {memory}。</translation>
    </message>
    <message>
        <source>{count} parts</source>
        <translation>{count} 个分卷</translation>
    </message>
    <message>
        <source>about {size} of memory</source>
        <translation>约 {size} 内存</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>内存 {size}</translation>
    </message>
    <message>
        <source>Graphics: {names}.</source>
        <translation>显卡：{names}。</translation>
    </message>
    <message>
        <source>This build does not use a graphics card. For more speed, connect Ollama under Providers.</source>
        <translation>此版本不使用显卡。如果看重速度，可在“提供商”中连接 Ollama，它能使用显卡。</translation>
    </message>
    <message>
        <source>llama.cpp, build {build}.</source>
        <translation>llama.cpp，构建号 {build}。</translation>
    </message>
    <message>
        <source>File not found.</source>
        <translation>文件不存在。</translation>
    </message>
    <message>
        <source>No permission to read the file.</source>
        <translation>没有读取该文件的权限。</translation>
    </message>
    <message>
        <source>This is not a GGUF file.</source>
        <translation>这不是 GGUF 文件。</translation>
    </message>
    <message>
        <source>The engine does not support this GGUF version.</source>
        <translation>引擎不支持这个版本的 GGUF。</translation>
    </message>
    <message>
        <source>The file is incomplete. The download may not have finished.</source>
        <translation>文件不完整，可能没有下载完。</translation>
    </message>
    <message>
        <source>Some parts of the model are missing.</source>
        <translation>缺少部分分卷。</translation>
    </message>
    <message>
        <source>Vision component of another model; cannot be used alone.</source>
        <translation>视觉模型的配套文件，不能单独用于对话。</translation>
    </message>
    <message>
        <source>Not a chat model.</source>
        <translation>不是对话模型。</translation>
    </message>
    <message>
        <source>Included with Chatdesk</source>
        <translation>随 Chatdesk 提供</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>已下载</translation>
    </message>
    <message>
        <source>The model has no chat template, so a generic one is used. Answers may be poor.</source>
        <translation>没有对话模板，将使用通用模板，回答可能不正常。</translation>
    </message>
    <message>
        <source>context {now} of {most} tokens</source>
        <translation>上下文 {now} / {most} token</translation>
    </message>
    <message>
        <source>context {now} tokens</source>
        <translation>上下文 {now} token</translation>
    </message>
    <message>
        <source>Runs on: {facts}.</source>
        <translation>运算设备：{facts}。</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>{model} does not fit into the memory of the graphics card.</source>
        <translation>{model} 超出了显卡的显存。</translation>
    </message>
    <message>
        <source>The graphics card failed while {model} ran.</source>
        <translation>运行 {model} 时显卡出错。</translation>
    </message>
    <message>
        <source>The graphics card did not respond while {model} ran.</source>
        <translation>运行 {model} 时显卡没有响应。</translation>
    </message>
    <message>
        <source>The llama-server does not support this kind of model: {model}.</source>
        <translation>llama-server 不支持这类模型：{model}。</translation>
    </message>
    <message>
        <source>The llama-server failed while it loaded {model}.</source>
        <translation>llama-server 加载 {model} 时出错。</translation>
    </message>
    <message>
        <source>Half of it runs on the processor, so answers take longer.</source>
        <translation>模型的一半改由处理器运行，回答会慢一些。</translation>
    </message>
    <message>
        <source>It runs on the processor, so answers take longer.</source>
        <translation>模型改由处理器运行，回答会慢一些。</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>llama.cpp {tag}, installed on {date}</source>
        <translation>llama.cpp {tag}，安装于 {date}</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>内置</translation>
    </message>
    <message>
        <source>It finds passages in documents and cannot be used for chats.</source>
        <translation>它用于查找文档中的段落，不能用于对话。</translation>
    </message>
</context>
<context>
    <name>EngineCard</name>
    <message>
        <source>engine log</source>
        <translation>引擎日志</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>As many as fit</source>
        <translation>尽量多</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes</source>
        <translation>
            <numerusform>%n 分钟后</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Run models with a llama-server of your own…</source>
        <translation>用自己的 llama-server 运行模型…</translation>
    </message>
</context>
<context>
    <name>EngineLogCard</name>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 个，共 {count} 个</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>{number} of the last {count}</source>
        <translation>最后 {count} 个中的第 {number} 个</translation>
    </message>
    <message>
        <source>Search log</source>
        <translation>搜索日志</translation>
    </message>
    <message>
        <source>Copy log</source>
        <translation>复制日志</translation>
    </message>
    <message>
        <source>Save log</source>
        <translation>保存日志</translation>
    </message>
    <message>
        <source>Engine log</source>
        <translation>引擎日志</translation>
    </message>
    <message>
        <source>The engine&apos;s output appears here after it has run. It contains no text from your chats.</source>
        <translation>引擎运行后，它的输出会显示在这里，其中没有你的对话内容。</translation>
    </message>
</context>
<context>
    <name>EngineOffer</name>
    <message>
        <source>Models would then run on {card}, usually several times faster.</source>
        <translation>模型将在 {card} 上运行，通常会快数倍。</translation>
    </message>
    <message>
        <source>Models would then run on {card}, which can be faster.</source>
        <translation>模型将在 {card} 上运行，可能更快。</translation>
    </message>
    <message>
        <source>Get llama.cpp, {size}</source>
        <translation>获取 llama.cpp（{size}）</translation>
    </message>
    <message>
        <source>The graphics card is not used yet</source>
        <translation>尚未使用显卡</translation>
    </message>
    <message>
        <source>A llama-server was found on this computer.</source>
        <translation>在这台电脑上找到了 llama-server。</translation>
    </message>
    <message>
        <source>Use it…</source>
        <translation>使用…</translation>
    </message>
    <message>
        <source>Get llama.cpp instead, {size}</source>
        <translation>改为获取 llama.cpp（{size}）</translation>
    </message>
    <message>
        <source>llama.cpp {tag} can be downloaded from github.com.</source>
        <translation>可以从 github.com 下载 llama.cpp {tag}。</translation>
    </message>
    <message>
        <source>Use another program…</source>
        <translation>使用其他程序…</translation>
    </message>
    <message>
        <source>Asking the program for its version and devices…</source>
        <translation>正在查询该程序的版本和设备…</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Getting llama.cpp</source>
        <translation>正在获取 llama.cpp</translation>
    </message>
    <message>
        <source>Stop using it</source>
        <translation>停止使用</translation>
    </message>
    <message>
        <source>It is missing, or other users of this computer could replace it.</source>
        <translation>该程序已不存在，或可能被这台电脑的其他用户替换。</translation>
    </message>
    <message>
        <source>One of its files has changed since it was installed.</source>
        <translation>它的某个文件在安装后发生了变化。</translation>
    </message>
    <message>
        <source>It does not start, or is too old.</source>
        <translation>它无法启动，或版本过旧。</translation>
    </message>
    <message>
        <source>{reason} Models run with the built-in engine.</source>
        <translation>{reason}模型改由内置引擎运行。</translation>
    </message>
    <message>
        <source>llama-server is not used any more</source>
        <translation>已不再使用 llama-server</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Slower than it could be</source>
        <translation>未能达到最快速度</translation>
    </message>
    <message>
        <source>Uses a llama-server</source>
        <translation>正在使用 llama-server</translation>
    </message>
    <message>
        <source>Uses {card}</source>
        <translation>正在使用 {card}</translation>
    </message>
    <message>
        <source>Uses a llama-server on the processor</source>
        <translation>正在处理器上使用 llama-server</translation>
    </message>
    <message>
        <source>Choose a llama-server program</source>
        <translation>选择 llama-server 程序</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Use this program for models?</source>
        <translation>使用此程序运行模型？</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Version: {version}</source>
        <translation>版本：{version}</translation>
    </message>
    <message>
        <source>Graphics: {names}</source>
        <translation>显卡：{names}</translation>
    </message>
    <message>
        <source>It is not a part of Chatdesk. Use it only if you trust its source.</source>
        <translation>它不是 Chatdesk 的一部分。请仅在信任其来源时使用。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>It finds no graphics card that it can use, so models would run on the processor.</source>
        <translation>它没有找到可用的显卡，模型将在处理器上运行。</translation>
    </message>
    <message>
        <source>Both engines answer a few questions. This takes about half a minute.</source>
        <translation>两个引擎各回答几个问题，大约需要半分钟。</translation>
    </message>
    <message>
        <source>Measuring the speed</source>
        <translation>正在测量速度</translation>
    </message>
    <message>
        <source>It was {factor} times as fast as the built-in engine, and has been removed.</source>
        <translation>其速度是内置引擎的 {factor} 倍，已将其移除。</translation>
    </message>
    <message>
        <source>llama.cpp {tag} is not faster on this computer</source>
        <translation>llama.cpp {tag} 在这台电脑上并不更快</translation>
    </message>
    <message>
        <source>This processor has instructions (AVX-512) that the built-in engine does not use. llama.cpp {tag} from github.com may be faster with them. Chatdesk measures it, and keeps it only if it is.</source>
        <translation>此处理器支持内置引擎未使用的指令（AVX-512）。来自 github.com 的 llama.cpp {tag} 可能因此更快。Chatdesk 会进行测量，仅在确实更快时保留它。</translation>
    </message>
    <message>
        <source>Get and measure, {size}</source>
        <translation>获取并测量（{size}）</translation>
    </message>
    <message>
        <source>The processor could be faster</source>
        <translation>处理器可以更快</translation>
    </message>
    <message>
        <source>Uses llama.cpp on the processor, {factor} times as fast</source>
        <translation>正在处理器上使用 llama.cpp，速度为 {factor} 倍</translation>
    </message>
    <message>
        <source>A llama-server of your own</source>
        <translation>自己的 llama-server</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Use llama.cpp {tag}</source>
        <translation>使用 llama.cpp {tag}</translation>
    </message>
    <message>
        <source>llama.cpp {tag} is installed.</source>
        <translation>llama.cpp {tag} 已安装。</translation>
    </message>
    <message>
        <source>Update to {tag}, {size}</source>
        <translation>更新到 {tag}（{size}）</translation>
    </message>
</context>
<context>
    <name>EngineSettings</name>
    <message>
        <source>As set for the engine</source>
        <translation>与引擎设置相同</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个 token</translation>
    </message>
    <message>
        <source>Automatic: {count} tokens</source>
        <translation>自动：{count} 个 token</translation>
    </message>
    <message>
        <source>{choice} · {size} of memory</source>
        <translation>{choice} · {size} 内存</translation>
    </message>
    <message>
        <source>Stores the context with half the precision. Reading a prompt takes up to 28% longer.</source>
        <translation>以一半精度保存上下文，读取提示词最多慢 28%。</translation>
    </message>
    <message>
        <source>Saves {size}.</source>
        <translation>节省 {size}。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory.</source>
        <translation>约需 {needed} 内存。</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory; this computer has {memory}.</source>
        <translation>约需 {needed} 内存；本机共有 {memory}。</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Less memory</source>
        <translation>节省内存</translation>
    </message>
</context>
<context>
    <name>EngineStateCard</name>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>没有加载模型</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>{size} of memory in use</source>
        <translation>占用内存 {size}</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) being written</source>
        <translation>
            <numerusform>正在写 %n 个回答</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped unexpectedly</source>
        <translation>意外停止</translation>
    </message>
    <message>
        <source>Your changes take effect after the current answer is complete.</source>
        <translation>更改将在当前回答写完后生效。</translation>
    </message>
    <message>
        <source>Your changes take effect with the next question, when the model is reloaded.</source>
        <translation>更改从下一个问题起生效，届时会重新加载模型。</translation>
    </message>
    <message>
        <source>context {count} tokens</source>
        <translation>上下文 {count} token</translation>
    </message>
    <message>
        <source>See the log below for its last output. It restarts with the next question.</source>
        <translation>最后的输出见下方日志。提下一个问题时会重新启动。</translation>
    </message>
    <message>
        <source>You can see the progress, and stop it, in the chat that is waiting for it.</source>
        <translation>进度显示在提问的对话中，可以在那里停止。</translation>
    </message>
    <message>
        <source>It starts when a chat uses one of its models, and stops when you quit Chatdesk.</source>
        <translation>对话使用它的模型时启动，随 Chatdesk 一起退出。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>Hide options, files and log</source>
        <translation>隐藏选项、文件和日志</translation>
    </message>
    <message>
        <source>Options, files and log</source>
        <translation>选项、文件和日志</translation>
    </message>
    <message>
        <source>on the graphics card</source>
        <translation>在显卡上运行</translation>
    </message>
    <message>
        <source>half on the graphics card</source>
        <translation>一半在显卡上运行</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Provider settings</source>
        <translation>提供商设置</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用内置模型</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>{server} could not answer.</source>
        <translation>{server} 未能回答。</translation>
    </message>
    <message>
        <source>The address may be wrong, or someone may be intercepting the connection.</source>
        <translation>可能是地址有误，也可能有人在拦截连接。</translation>
    </message>
    <message>
        <source>The port may be wrong, or /v1 may be missing at the end of the address.</source>
        <translation>可能是端口不对，或地址末尾缺少 /v1。</translation>
    </message>
    <message>
        <source>The system keyring could not be used.</source>
        <translation>无法使用系统密钥环。</translation>
    </message>
    <message>
        <source>The system keyring is locked.</source>
        <translation>系统密钥环已锁定。</translation>
    </message>
    <message>
        <source>Check that the disk is connected and writable: {path}</source>
        <translation>请检查磁盘是否已连接并且可写：{path}</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁盘已满。</translation>
    </message>
    <message>
        <source>Engine settings</source>
        <translation>引擎设置</translation>
    </message>
    <message>
        <source>Use https</source>
        <translation>使用 https</translation>
    </message>
    <message>
        <source>{server} has moved to {location}.</source>
        <translation>{server} 已迁移到 {location}。</translation>
    </message>
    <message>
        <source>{server} has no model named {model}.</source>
        <translation>{server} 上没有名为 {model} 的模型。</translation>
    </message>
    <message>
        <source>It may have been removed or renamed.</source>
        <translation>它可能已被移除或改名。</translation>
    </message>
    <message>
        <source>{server} is still loading its model.</source>
        <translation>{server} 仍在加载模型。</translation>
    </message>
    <message>
        <source>The built-in engine could not start.</source>
        <translation>内置引擎无法启动。</translation>
    </message>
    <message>
        <source>The built-in engine is not installed.</source>
        <translation>未安装内置引擎。</translation>
    </message>
    <message>
        <source>The built-in engine could not load {model}.</source>
        <translation>内置引擎无法加载 {model}。</translation>
    </message>
    <message>
        <source>You can still use Ollama or a server on the network.</source>
        <translation>仍可使用 Ollama 或网络上的服务器。</translation>
    </message>
    <message>
        <source>The built-in engine needs the system library {library}, which is not installed.</source>
        <translation>内置引擎需要系统库 {library}，但系统中没有安装。</translation>
    </message>
    <message>
        <source>Install it with your system&apos;s package manager, then try again.</source>
        <translation>请用系统的软件包管理器安装，然后重试。</translation>
    </message>
    <message>
        <source>Install the newer version to open them.</source>
        <translation>请安装新版本后再打开。</translation>
    </message>
    <message>
        <source>{name} cannot be attached.</source>
        <translation>无法添加 {name}。</translation>
    </message>
    <message>
        <source>{name} could not be read.</source>
        <translation>无法读取 {name}。</translation>
    </message>
    <message>
        <source>“{name}” is not a text file.</source>
        <translation>“{name}”不是文本文件。</translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete and cannot be shown.</source>
        <translation>{name} 已损坏或不完整，无法显示。</translation>
    </message>
    <message>
        <source>The text has more than {limit:,} paragraphs. Translate it in parts.</source>
        <translation>文本超过 {limit:,} 段，请分几次翻译。</translation>
    </message>
    <message>
        <source>The model answered without a translation.</source>
        <translation>模型没有给出译文。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because the disk is full.</source>
        <translation>无法保存“{name}”：磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>请腾出一些空间，或选择其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because you do not have permission.</source>
        <translation>无法保存“{name}”：没有写入权限。</translation>
    </message>
    <message>
        <source>Choose another folder, or another name if the file is protected.</source>
        <translation>请选择其他文件夹；如果文件受保护，请换一个名称。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because the disk is read-only.</source>
        <translation>无法保存“{name}”：磁盘为只读。</translation>
    </message>
    <message>
        <source>Choose a folder on another disk.</source>
        <translation>请选择其他磁盘上的文件夹。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because its folder is not available.</source>
        <translation>无法保存“{name}”：所在文件夹不可用。</translation>
    </message>
    <message>
        <source>Check that its disk or network drive is connected and in order, or choose another folder.</source>
        <translation>请检查其磁盘或网络驱动器是否已连接且工作正常，或选择其他文件夹。</translation>
    </message>
    <message>
        <source>The disk does not accept the name {name}.</source>
        <translation>磁盘不接受名称“{name}”。</translation>
    </message>
    <message>
        <source>Choose a shorter name without special characters.</source>
        <translation>请换一个更短且不含特殊字符的名称。</translation>
    </message>
    <message>
        <source>{name} is open in another program.</source>
        <translation>“{name}”正被其他程序打开。</translation>
    </message>
    <message>
        <source>Close it there, or choose another name.</source>
        <translation>请在该程序中将其关闭，或换一个名称。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because a file or folder already has this name.</source>
        <translation>无法保存“{name}”：已有同名的文件或文件夹。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>{name} is larger than the disk allows for a single file.</source>
        <translation>“{name}”超过了该磁盘允许的单个文件大小。</translation>
    </message>
    <message>
        <source>The disk with your chats is full.</source>
        <translation>存放对话的磁盘已满。</translation>
    </message>
    <message>
        <source>Nothing was changed. Free some space, then try again.</source>
        <translation>未作任何更改。请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>Nothing was changed. Close that program, then try again: {path}</source>
        <translation>未作任何更改。请关闭该程序后重试：{path}</translation>
    </message>
    <message>
        <source>{name} could not be saved.</source>
        <translation>无法保存“{name}”。</translation>
    </message>
    <message>
        <source>The PDF file could not be made.</source>
        <translation>无法生成 PDF 文件。</translation>
    </message>
    <message>
        <source>Close other programs if memory is short and try again, or choose another format.</source>
        <translation>如果内存不足，请关闭其他程序后重试，或选择其他格式。</translation>
    </message>
    <message>
        <source>The chat could not be printed.</source>
        <translation>无法打印对话。</translation>
    </message>
    <message>
        <source>Check that the printer is connected, or save the chat as PDF.</source>
        <translation>请检查打印机是否已连接，或将对话保存为 PDF。</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>出了点问题。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>The application at {server} no longer knows this conversation.</source>
        <translation>{server} 上的应用已经没有这段对话的记录。</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>仍然发送</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>{server} could not download {model}.</source>
        <translation>{server} 无法下载 {model}。</translation>
    </message>
    <message>
        <source>{model} needs a newer version of {server}.</source>
        <translation>{model} 需要更新版本的 {server}。</translation>
    </message>
    <message>
        <source>Update it, then try again.</source>
        <translation>请更新后重试。</translation>
    </message>
    <message>
        <source>{server} stopped downloading {model}.</source>
        <translation>{server} 中断了 {model} 的下载。</translation>
    </message>
    <message>
        <source>Unlock it and try again.</source>
        <translation>请解锁后重试。</translation>
    </message>
    <message>
        <source>{file} could not be read.</source>
        <translation>无法读取 {file}。</translation>
    </message>
    <message>
        <source>Chatdesk was closed while this answer was being written.</source>
        <translation>正在生成此回答时 Chatdesk 被关闭了。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Not a valid server address: {address}</source>
        <translation>这不是服务器地址：{address}</translation>
    </message>
    <message>
        <source>It must start with http:// or https:// and must not contain a user name or key.</source>
        <translation>地址应以 http:// 或 https:// 开头，主机名前不带用户名或密钥。</translation>
    </message>
    <message>
        <source>{server} does not respond at {address}.</source>
        <translation>{server} 在 {address} 没有响应。</translation>
    </message>
    <message>
        <source>Your message is saved. Start the server, or check its address and your connection.</source>
        <translation>消息已保存。请启动服务器，或检查地址和网络连接。</translation>
    </message>
    <message>
        <source>It may be loading a large model or handling another request.</source>
        <translation>它可能正在加载大模型，或在处理其他请求。</translation>
    </message>
    <message>
        <source>Check the proxy in the provider settings and in the system settings. You can turn off the system proxy for Chatdesk.</source>
        <translation>请检查提供商设置中的代理，或系统代理；系统代理可以对 Chatdesk 关闭。</translation>
    </message>
    <message>
        <source>Enter them in the provider settings, next to the proxy. For the system proxy, enter them in the system settings.</source>
        <translation>请在提供商设置的代理一栏填写。系统代理的用户名和密码请在系统设置中填写。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its CA file is not valid.</source>
        <translation>没有向 {server} 提问：它的 CA 文件无法使用。</translation>
    </message>
    <message>
        <source>{server} requires an API key, but none is saved.</source>
        <translation>{server} 需要密钥，但还没有保存密钥。</translation>
    </message>
    <message>
        <source>The API key for {server} was not sent, because {address} is not encrypted.</source>
        <translation>没有发送 {server} 的密钥：{address} 未加密。</translation>
    </message>
    <message>
        <source>Your account may not have access to this model, or a reverse proxy may not accept the host name.</source>
        <translation>此账号可能无权使用该模型，或者服务器前面的代理不认识它的主机名。</translation>
    </message>
    <message>
        <source>{server} received too many requests (429). Wait before trying again.</source>
        <translation>{server} 请你稍候：请求过于频繁（429）。</translation>
    </message>
    <message>
        <source>Add credit to the account, or choose another model.</source>
        <translation>请前往充值，或换一个模型。</translation>
    </message>
    <message>
        <source>Large models can take a few minutes to load.</source>
        <translation>大模型可能需要一两分钟。</translation>
    </message>
    <message>
        <source>The built-in model file is missing.</source>
        <translation>找不到内置模型的文件。</translation>
    </message>
    <message>
        <source>An API key is a single line of letters, digits and symbols. Copy it again without any surrounding text.</source>
        <translation>密钥是一行由英文字母、数字和符号组成的文本。请重新复制，不要带上前后的文字。</translation>
    </message>
    <message>
        <source>Your chats were saved by a newer version of Chatdesk and have not been changed.</source>
        <translation>这些对话由更新版本的 Chatdesk 写入，未作任何改动。</translation>
    </message>
    <message>
        <source>The chat database is damaged.</source>
        <translation>保存对话的文件已损坏。</translation>
    </message>
    <message>
        <source>Chatdesk can repair it or restore a backup.</source>
        <translation>Chatdesk 可以修复它，或恢复到备份。</translation>
    </message>
    <message>
        <source>Some characters in your chats are damaged on disk.</source>
        <translation>磁盘上的对话有少数字符已损坏。</translation>
    </message>
    <message>
        <source>They are shown as �. A backup may still contain the original text.</source>
        <translation>这些字符显示为 �。备份中可能还有原来的内容。</translation>
    </message>
    <message>
        <source>Chatdesk cannot read or write one of its files.</source>
        <translation>Chatdesk 的一个文件无法读取或写入。</translation>
    </message>
    <message>
        <source>A folder is in the place of a file that Chatdesk needs.</source>
        <translation>本应是 Chatdesk 文件的位置上是一个文件夹。</translation>
    </message>
    <message>
        <source>Rename or move the folder, then try again: {path}</source>
        <translation>请将它改名或移走，然后重试：{path}</translation>
    </message>
    <message>
        <source>Check that the folder is writable and its disk is connected: {path}</source>
        <translation>请确认该文件夹可写，且所在磁盘已连接：{path}</translation>
    </message>
    <message>
        <source>Unsaved changes are kept in memory and saved once there is space.</source>
        <translation>尚未保存的内容会留在内存中，有空间后再保存。</translation>
    </message>
    <message>
        <source>{server} did not respond within {seconds:.0f} s.</source>
        <translation>{server} 在 {seconds:.0f} 秒内没有响应。</translation>
    </message>
    <message>
        <source>{server} timed out (408).</source>
        <translation>{server} 还没有回答就放弃了等待（408）。</translation>
    </message>
    <message>
        <source>Your message is saved. The connection may be slow, or the server busy.</source>
        <translation>可能是连接太慢，或者服务器太忙。你的消息已保存。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate is not trusted.</source>
        <translation>{server} 的证书不可信，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>The proxy refused the request to {server}.</source>
        <translation>通往 {server} 的代理没有放行这个请求。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: the system keyring, which stores its headers, is locked or not responding.</source>
        <translation>没有向 {server} 发送请求：保存其请求头的系统密钥环已锁定或没有应答。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: one of its settings is not valid.</source>
        <translation>没有向 {server} 提问：它的一项设置无法使用。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its proxy address is not valid.</source>
        <translation>没有向 {server} 提问：它的代理地址无法使用。</translation>
    </message>
    <message>
        <source>The file must be in PEM format and contain at least one certificate.</source>
        <translation>它必须是至少含有一个证书的 PEM 文件。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its extra JSON is not valid.</source>
        <translation>没有向 {server} 提问：它的附加 JSON 无法使用。</translation>
    </message>
    <message>
        <source>{server} requires an encrypted connection.</source>
        <translation>{server} 要求使用加密连接。</translation>
    </message>
    <message>
        <source>Change its address to {address_there}. Then enter the API key again, because the saved key belongs to the old address.</source>
        <translation>地址可改为 {address_there}。已保存的密钥属于旧地址，届时请重新输入。</translation>
    </message>
    <message>
        <source>The server at {url} is not a chat API.</source>
        <translation>{url} 有响应，但不是聊天服务器的 API。</translation>
    </message>
    <message>
        <source>{server} rejected the API key (401).</source>
        <translation>{server} 不接受此密钥（401）。</translation>
    </message>
    <message>
        <source>{server} denied access (403).</source>
        <translation>{server} 拒绝访问（403）。</translation>
    </message>
    <message>
        <source>Your message is saved. Try again in a moment.</source>
        <translation>内容没有丢失，请稍后重试。</translation>
    </message>
    <message>
        <source>Your account at {server} has no credit left.</source>
        <translation>{server} 的账号余额已用完。</translation>
    </message>
    <message>
        <source>This chat does not fit the model&apos;s context window.</source>
        <translation>这个对话超出了模型一次能读取的长度。</translation>
    </message>
    <message>
        <source>{model} does not support pictures.</source>
        <translation>{model} 不支持图片。</translation>
    </message>
    <message>
        <source>Choose a model with vision, or send without the pictures.</source>
        <translation>请选择支持视觉的模型，或者不带图片提问。</translation>
    </message>
    <message>
        <source>{server} does not have enough memory for {model}.</source>
        <translation>{server} 的内存不足以运行 {model}。</translation>
    </message>
    <message>
        <source>Use a smaller context window, unload other models, or choose a smaller model.</source>
        <translation>请减小上下文、卸载其他模型，或选择更小的模型。</translation>
    </message>
    <message>
        <source>{server} rejected the request ({status}).</source>
        <translation>{server} 没有接受这个请求（{status}）。</translation>
    </message>
    <message>
        <source>{server} reported an internal error.</source>
        <translation>{server} 内部出错。</translation>
    </message>
    <message>
        <source>The connection ended before the answer was complete.</source>
        <translation>回答没有正常结束，可能不完整。</translation>
    </message>
    <message>
        <source>The compressed response from {server} could not be decoded.</source>
        <translation>{server} 发来的内容经过压缩，无法解压。</translation>
    </message>
    <message>
        <source>Chatdesk does not request compression. A proxy may have changed the response.</source>
        <translation>内容可能在途中被改动。Chatdesk 并未要求压缩。</translation>
    </message>
    <message>
        <source>The file of {model} is missing.</source>
        <translation>{model} 的文件已不在原处。</translation>
    </message>
    <message>
        <source>Your message is saved. The file was moved or deleted, or its disk is not connected.</source>
        <translation>它可能被移动或删除了，或者所在磁盘没有连接。你的消息已保存。</translation>
    </message>
    <message>
        <source>Your message is saved. Choose another model, or see the log. Engine error: {reason}</source>
        <translation>引擎的说明：{reason}。你的消息已保存，请换一个模型，或查看日志。</translation>
    </message>
    <message>
        <source>The built-in engine needs a processor with {feature}, which this computer does not have.</source>
        <translation>内置引擎需要支持 {feature} 的处理器，这台电脑的处理器不支持。</translation>
    </message>
    <message>
        <source>This system has no secure keyring.</source>
        <translation>此系统没有 Chatdesk 可以信任的密钥环。</translation>
    </message>
    <message>
        <source>The API key is used until you quit Chatdesk, and is not saved.</source>
        <translation>密钥仅在本次运行期间使用，不会保存。</translation>
    </message>
    <message>
        <source>Unlock it and try again. Until then, the API key is used only until you quit Chatdesk.</source>
        <translation>请解锁后重试；在此之前，密钥仅在本次运行期间使用。</translation>
    </message>
    <message>
        <source>This is not a valid preset. See line {line}.</source>
        <translation>无法按预设读取，请查看第 {line} 行。</translation>
    </message>
    <message>
        <source>Chats could not be read or saved.</source>
        <translation>无法读取或写入对话。</translation>
    </message>
    <message>
        <source>The chat database cannot be opened.</source>
        <translation>无法打开保存对话的文件。</translation>
    </message>
    <message>
        <source>The chat database is missing.</source>
        <translation>保存对话的文件不在原来的位置。</translation>
    </message>
    <message>
        <source>It was moved or deleted, or its disk is not connected: {path}</source>
        <translation>文件可能已被移动或删除，或所在磁盘未连接：{path}</translation>
    </message>
    <message>
        <source>{name} is larger than {megabytes} MB, the maximum size for attachments.</source>
        <translation>{name} 超过了 {megabytes} MB 的上限，无法添加。</translation>
    </message>
    <message>
        <source>The system keyring did not respond or reported an error.</source>
        <translation>系统密钥环没有应答，或出了错。</translation>
    </message>
    <message>
        <source>Try again. Saved keys are unchanged, and a new API key is used only until you quit Chatdesk.</source>
        <translation>请重试；在此之前，密钥环里的内容不变，新密钥仅在本次运行中使用。</translation>
    </message>
    <message>
        <source>Your data was saved by a newer version of Chatdesk.</source>
        <translation>此处的内容由更新版本的 Chatdesk 写入。</translation>
    </message>
    <message>
        <source>This version cannot read it. The file has not been changed: {path}</source>
        <translation>此版本无法读取。文件已为新版本保留：{path}</translation>
    </message>
    <message>
        <source>This is not the passphrase.</source>
        <translation>密码短语不正确。</translation>
    </message>
    <message>
        <source>The passphrase of this backup is needed.</source>
        <translation>需要此备份的密码短语。</translation>
    </message>
    <message>
        <source>The passphrase could not be used.</source>
        <translation>无法使用密码短语。</translation>
    </message>
    <message>
        <source>This takes up to 1 GB of memory for a moment. Close other programs and try again.</source>
        <translation>这会短暂占用最多 1 GB 内存。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The backup is damaged.</source>
        <translation>备份已损坏。</translation>
    </message>
    <message>
        <source>Nothing has been changed. Choose another backup.</source>
        <translation>没有任何更改。请选择其他备份。</translation>
    </message>
    <message>
        <source>The folder was not found.</source>
        <translation>文件夹不存在。</translation>
    </message>
    <message>
        <source>Connect its disk, or choose another folder: {path}</source>
        <translation>请连接其所在磁盘，或选择其他文件夹：{path}</translation>
    </message>
    <message>
        <source>The folder cannot be read or written.</source>
        <translation>无法读取或写入该文件夹。</translation>
    </message>
    <message>
        <source>Check its permissions, or choose another folder: {path}</source>
        <translation>请检查其权限，或选择其他文件夹：{path}</translation>
    </message>
    <message>
        <source>There is not enough space in the folder.</source>
        <translation>该文件夹空间不足。</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder: {path}</source>
        <translation>请释放一些空间，或选择其他文件夹：{path}</translation>
    </message>
    <message>
        <source>{server} did not accept the user name and password.</source>
        <translation>{server} 不接受该用户名和密码。</translation>
    </message>
    <message>
        <source>Some servers need a separate password for programs.</source>
        <translation>有些服务器需要为应用程序单独设置密码。</translation>
    </message>
    <message>
        <source>{server} refused the request ({status}).</source>
        <translation>{server} 拒绝了请求（{status}）。</translation>
    </message>
    <message>
        <source>There is no WebDAV folder at this address.</source>
        <translation>此地址没有 WebDAV 文件夹。</translation>
    </message>
    <message>
        <source>Check the address: {address}</source>
        <translation>请检查地址：{address}</translation>
    </message>
    <message>
        <source>Connect Ollama or another provider in the settings instead.</source>
        <translation>可以在设置中连接 Ollama 或其他提供商。</translation>
    </message>
    <message>
        <source>It may have been moved, or you may not have permission to open it.</source>
        <translation>文件可能已被移走，或者你没有权限打开它。</translation>
    </message>
    <message>
        <source>{name} is a folder or a device, not a file.</source>
        <translation>{name} 不是文件，而是文件夹或设备，没有读取任何内容。</translation>
    </message>
    <message>
        <source>This file type is not supported yet: {name}</source>
        <translation>暂不支持此类文件：{name}</translation>
    </message>
    <message>
        <source>“{name}” is not a table with column headings. See line {line}.</source>
        <translation>“{name}”不是带列名的表格，请查看第 {line} 行。</translation>
    </message>
    <message>
        <source>A batch run can have at most {limit} rows or files.</source>
        <translation>一次最多 {limit} 行或文件。</translation>
    </message>
    <message>
        <source>{name} has more than {megapixels} megapixels. Resize it, then try again.</source>
        <translation>{name} 超过了 {megapixels} 百万像素，请先缩小。</translation>
    </message>
    <message>
        <source>A message can have at most {limit} pictures. Send the rest in another message.</source>
        <translation>一条消息最多附 {limit} 张图片，其余的请随下一条发送。</translation>
    </message>
    <message>
        <source>The translation failed.</source>
        <translation>这段内容无法翻译。</translation>
    </message>
    <message>
        <source>The text has more than {limit:,} characters. Translate it in parts.</source>
        <translation>文本超过 {limit:,} 个字符，请分几次翻译。</translation>
    </message>
    <message>
        <source>This file is not a glossary.</source>
        <translation>这个文件不是术语表。</translation>
    </message>
    <message>
        <source>Each row must contain a term and its translation, separated by a comma. See line {line}.</source>
        <translation>每行写一个术语和它的译法，用逗号隔开。请看第 {line} 行。</translation>
    </message>
    <message>
        <source>The model wrote much more than a translation and was stopped.</source>
        <translation>模型写得远远超出译文应有的长度，已停止。</translation>
    </message>
    <message>
        <source>This can happen with small models. Try again, or choose another model.</source>
        <translation>小模型容易这样。可以重试，或换一个模型。</translation>
    </message>
    <message>
        <source>Choose another folder, or free some disk space. System error: {reason}</source>
        <translation>请换一个文件夹，或先腾出空间。系统提示：{reason}</translation>
    </message>
    <message>
        <source>The application at {server} is not published, or is turned off.</source>
        <translation>{server} 上的应用没有发布，或者已停用。</translation>
    </message>
    <message>
        <source>Publish it, or turn on its workflow, then try again.</source>
        <translation>请在那里发布应用或启用工作流，然后重试。</translation>
    </message>
    <message>
        <source>The application at {server} is not a chat application.</source>
        <translation>{server} 上的应用不是对话应用。</translation>
    </message>
    <message>
        <source>Enter the API key of a chat app, an agent or a chatflow.</source>
        <translation>请填写聊天助手、Agent 或 Chatflow 应用的密钥。</translation>
    </message>
    <message>
        <source>The application at {server} has no model set up.</source>
        <translation>{server} 上的应用所用的模型没有配置好。</translation>
    </message>
    <message>
        <source>Its administrator needs to choose a model or enter the API key for it.</source>
        <translation>需要应用的管理者在那里选择模型，或填写模型的密钥。</translation>
    </message>
    <message>
        <source>The application at {server} is waiting for a form that can only be filled in on its own page.</source>
        <translation>{server} 上的应用在等待填写一张表单，只有它自己的页面才能显示。</translation>
    </message>
    <message>
        <source>Fill in the form there, then send your message again.</source>
        <translation>请在那里填写，然后回到这里再问一次。</translation>
    </message>
    <message>
        <source>The application at {server} finished without an answer.</source>
        <translation>{server} 上的应用运行了，但没有返回任何内容。</translation>
    </message>
    <message>
        <source>In n8n, turn on streaming for both the Chat Trigger and the node that answers, or for neither.</source>
        <translation>在 n8n 中，Chat Trigger 和负责回答的节点要么都用流式输出，要么都不用。</translation>
    </message>
    <message>
        <source>Try again. The earlier messages are then sent with your message.</source>
        <translation>请重试：会把之前的内容告诉它。</translation>
    </message>
    <message>
        <source>Leave out oldest</source>
        <translation>略去最早的消息</translation>
    </message>
    <message>
        <source>Summarise oldest</source>
        <translation>概括最早的消息</translation>
    </message>
    <message>
        <source>{server} requires you to sign in to use this model.</source>
        <translation>使用此模型需要先登录 {server}。</translation>
    </message>
    <message>
        <source>Sign in on the page that opens in your browser, then try again.</source>
        <translation>登录页会在浏览器中打开，完成后回到这里重试。</translation>
    </message>
    <message>
        <source>Nothing was left out. Choose an action, or a model with a larger context window.</source>
        <translation>没有略去任何内容。请选择处理方式，或换用上下文更大的模型。</translation>
    </message>
    <message>
        <source>{model} was not found in the model library.</source>
        <translation>模型库中没有名为 {model} 的模型。</translation>
    </message>
    <message>
        <source>Look up the exact name, including the tag after the colon, at ollama.com.</source>
        <translation>请在 ollama.com 查找准确的名称，包括冒号后面的部分。</translation>
    </message>
    <message>
        <source>Similar names: {near}.</source>
        <translation>相近的名称：{near}。</translation>
    </message>
    <message>
        <source>{model} is not available in this quantisation.</source>
        <translation>{model} 没有这种量化版本。</translation>
    </message>
    <message>
        <source>See the available quantisations on the model&apos;s page, or leave out the tag after the colon.</source>
        <translation>请在它的页面上查看有哪些版本，或去掉冒号后面的部分。</translation>
    </message>
    <message>
        <source>Access to {model} is restricted.</source>
        <translation>模型库不向所有人提供 {model}。</translation>
    </message>
    <message>
        <source>It may be private, or you may need to accept its terms on the model&apos;s page. Sign in there and in {server}, then try again.</source>
        <translation>它可能是私有的，或需要先在其页面上同意条款。请在那里以及 {server} 中登录，然后重试。</translation>
    </message>
    <message>
        <source>There is not enough disk space for {model}.</source>
        <translation>磁盘空间不足，放不下 {model}。</translation>
    </message>
    <message>
        <source>{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB free. Free some disk space, or download anyway if {server} stores its models on another disk.</source>
        <translation>还需下载 {needed_gigabytes:.1f} GB，剩余空间 {free_gigabytes:.1f} GB。请腾出空间；如果 {server} 的模型存放在别处，可以仍然下载。</translation>
    </message>
    <message>
        <source>The disk where {server} stores its models is full.</source>
        <translation>{server} 存放模型的磁盘已满。</translation>
    </message>
    <message>
        <source>Free some disk space, or delete a model you do not need. The part downloaded so far is kept.</source>
        <translation>请腾出空间，或删除不需要的模型。已下载的部分会保留。</translation>
    </message>
    <message>
        <source>{server} could not reach the model library.</source>
        <translation>{server} 无法连接到模型库。</translation>
    </message>
    <message>
        <source>Check its internet connection. The part downloaded so far is kept.</source>
        <translation>它能上网吗？已下载的部分会保留。</translation>
    </message>
    <message>
        <source>{server} does not trust the certificate of the model library.</source>
        <translation>{server} 不信任模型库的证书。</translation>
    </message>
    <message>
        <source>A proxy on your network may be inspecting encrypted connections. If so, {server} needs its CA certificate. Also check the date and time of the computer. Error: {reason}</source>
        <translation>你网络中的代理可能在解开加密连接：{server} 需要信任它的证书颁发机构。电脑日期错误也会如此。它的说明：{reason}</translation>
    </message>
    <message>
        <source>The partial download of {model} on {server} is damaged.</source>
        <translation>{server} 保留的 {model} 先前下载的部分已损坏。</translation>
    </message>
    <message>
        <source>Downloads fail until you delete the damaged files from the “blobs” folder of {server}. Their names contain “-partial”. {files}</source>
        <translation>在从 {server} 的“blobs”文件夹中删除损坏的文件之前，每次重试都会立即中断；它们的文件名含有“-partial”。{files}</translation>
    </message>
    <message>
        <source>The part downloaded so far is kept. Try again to resume.</source>
        <translation>已下载的部分会保留，重试时会从那里继续。</translation>
    </message>
    <message>
        <source>Server message: {detail}</source>
        <translation>它的说明：{detail}</translation>
    </message>
    <message>
        <source>The built-in engine stopped while loading {model}.</source>
        <translation>内置引擎在加载 {model} 时退出了。</translation>
    </message>
    <message>
        <source>The computer may not have enough memory. Choose a smaller model, or reduce the context window in the settings.</source>
        <translation>电脑内存可能不够。请换一个小一些的模型，或在设置中减小上下文长度。</translation>
    </message>
    <message>
        <source>The proxy for {server} requires a valid user name and password (407).</source>
        <translation>通往 {server} 的代理需要用户名和密码，或者现有的不对（407）。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: the value of its header {header} is not in the keyring.</source>
        <translation>没有向 {server} 发送请求：密钥环中没有请求头 {header} 的值。</translation>
    </message>
    <message>
        <source>It must start with http://, https:// or socks5:// and must not contain a path.</source>
        <translation>它以 http://、https:// 或 socks5:// 开头，且不含路径。</translation>
    </message>
    <message>
        <source>The provider settings show the line with the error.</source>
        <translation>提供商设置会指出错误在哪一行。</translation>
    </message>
    <message>
        <source>Chatdesk does not send an API key to a new address automatically. If the address is correct, enter it in the provider settings.</source>
        <translation>Chatdesk 不会自行把密钥发往新地址。如果新地址无误，请在提供商设置中填写。</translation>
    </message>
    <message>
        <source>Paste the API key from your account in the provider settings, then try again.</source>
        <translation>请在提供商设置中粘贴你账户的密钥，然后重试。</translation>
    </message>
    <message>
        <source>It may have expired, or belong to another provider or region.</source>
        <translation>密钥可能已过期，或属于其他提供商或地区。</translation>
    </message>
    <message>
        <source>Use an https address, or allow sending it in the provider settings.</source>
        <translation>请改用 https 地址，或在提供商设置中允许发送。</translation>
    </message>
    <message>
        <source>Enter it again in the provider settings. Values are saved for one address only. Without a system keyring, they are kept only until you quit Chatdesk.</source>
        <translation>请在提供商设置中重新输入。值只为一个地址保存；没有系统密钥环时只在本次运行中有效。</translation>
    </message>
    <message>
        <source>{server} could not complete the action for {model}.</source>
        <translation>{server} 无法对 {model} 执行此操作。</translation>
    </message>
    <message>
        <source>{server} already has a model named {model}.</source>
        <translation>{server} 已有名为 {model} 的模型。</translation>
    </message>
    <message>
        <source>Choose another name, or delete the existing model first.</source>
        <translation>请换一个名称，或先删除那个模型。</translation>
    </message>
    <message>
        <source>{server} cannot read the model file {file}.</source>
        <translation>{file} 不是 {server} 能读取的模型。</translation>
    </message>
    <message>
        <source>The GGUF file must be complete and of a supported architecture. {detail}</source>
        <translation>它只接受完整且受支持的 GGUF 文件。{detail}</translation>
    </message>
    <message>
        <source>Check that the file exists and that you have permission to read it ({reason}).</source>
        <translation>文件是否还在，是否有读取权限？（{reason}）</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>查找原因</translation>
    </message>
    <message>
        <source>{model} returned an empty answer.</source>
        <translation>{model} 没有给出任何回答。</translation>
    </message>
    <message>
        <source>Try again, or send it a message in a chat to see whether it answers.</source>
        <translation>请在对话中向它提问，看看它是否会回答，或再试一次。</translation>
    </message>
    <message>
        <source>Chatdesk is already running but is not responding.</source>
        <translation>Chatdesk 已在运行，但没有响应。</translation>
    </message>
    <message>
        <source>It may be busy. Try again in a moment, or quit it first.</source>
        <translation>它可能正忙：请稍后再试，或先结束它。</translation>
    </message>
    <message>
        <source>Chatdesk is already running and cannot be contacted securely.</source>
        <translation>Chatdesk 已在运行，但无法安全地与它通信。</translation>
    </message>
    <message>
        <source>Another user of this computer could intercept the data, so nothing was sent. Use the window that is already open. ({reason})</source>
        <translation>这台计算机的其他用户可能会截获内容，因此没有传递任何信息。请使用已打开的窗口。（{reason}）</translation>
    </message>
    <message>
        <source>Another program is using the chat database.</source>
        <translation>另一个程序正占用存放对话的文件。</translation>
    </message>
    <message>
        <source>The last change was not saved. Close that program, then try again: {path}</source>
        <translation>上一次更改没有保存。请关闭该程序后重试：{path}</translation>
    </message>
    <message>
        <source>Your changes are kept and saved as soon as it is available: {path}</source>
        <translation>你的更改会保留，一旦数据库可用就会保存：{path}</translation>
    </message>
    <message>
        <source>The new chat was not created. What you have written is kept. Close that program, then try again: {path}</source>
        <translation>未创建新对话。你输入的内容已保留。请关闭该程序后重试：{path}</translation>
    </message>
    <message>
        <source>What is still listed was not deleted. Close that program, then try again: {path}</source>
        <translation>仍在列表中的内容未被删除。请关闭该程序后重试：{path}</translation>
    </message>
    <message>
        <source>The last change was not saved. Free some space, then try again.</source>
        <translation>上一次更改没有保存。请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>The new chat was not created. What you have written is kept. Free some space, then try again.</source>
        <translation>未创建新对话。你输入的内容已保留。请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>What is still listed was not deleted. Free some space, then try again.</source>
        <translation>仍在列表中的内容未被删除。请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>Another program has moved or replaced the chat database.</source>
        <translation>另一个程序移动或替换了存放对话的文件。</translation>
    </message>
    <message>
        <source>Nothing more is written to it. Your changes are kept in a separate file next to it, and restored when you restart Chatdesk: {path}</source>
        <translation>不会再向它写入任何内容。你看到的内容保存在它旁边的文件中，再次启动 Chatdesk 时会恢复：{path}</translation>
    </message>
    <message>
        <source>Use a {size} context</source>
        <translation>以 {size} 上下文读取</translation>
    </message>
    <message>
        <source>The model process on {server} ended.</source>
        <translation>{server} 上的模型进程已终止。</translation>
    </message>
    <message>
        <source>Even without older messages, this does not fit the model&apos;s context window.</source>
        <translation>即使不包括较早的消息，也超出了模型一次能读取的长度。</translation>
    </message>
    <message>
        <source>{server} counted {prompt_tokens} tokens; its context window is {limit}. Nothing was left out.</source>
        <translation>{server} 统计为 {prompt_tokens} 个 token，而容量为 {limit}。没有略去任何内容。</translation>
    </message>
    <message>
        <source>It may have run out of memory. The model is reloaded with the next question.</source>
        <translation>可能是内存不足。下次提问时会重新加载模型。</translation>
    </message>
    <message>
        <source>Nothing has been sent yet. A larger context window uses more memory.</source>
        <translation>尚未发送任何内容。上下文越大，模型占用的内存越多。</translation>
    </message>
    <message>
        <source>The question does not fit the model&apos;s context window.</source>
        <translation>问题太长，超出模型一次能读取的长度。</translation>
    </message>
    <message>
        <source>The connection to {server} was lost.</source>
        <translation>与 {server} 的连接中断。</translation>
    </message>
    <message>
        <source>The text received so far is kept.</source>
        <translation>已收到的内容已保留。</translation>
    </message>
    <message>
        <source>The answer exceeded the size limit and was cut off.</source>
        <translation>回答超出长度上限，已被截断。</translation>
    </message>
    <message>
        <source>An internal error occurred in Chatdesk.</source>
        <translation>Chatdesk 自身出现了错误。</translation>
    </message>
    <message>
        <source>Your message and the text received so far are saved. Try again, or see the log for details.</source>
        <translation>消息和已收到的内容均已保存。可以重试，日志中有更多信息。</translation>
    </message>
    <message>
        <source>{file} could not be imported.</source>
        <translation>无法导入 {file}。</translation>
    </message>
    <message>
        <source>Chatdesk cannot use its data folder.</source>
        <translation>Chatdesk 无法使用自己的数据文件夹。</translation>
    </message>
    <message>
        <source>The built-in engine stopped.</source>
        <translation>内置引擎已停止运行。</translation>
    </message>
    <message>
        <source>The text received so far is kept. The computer may have run out of memory. The engine restarts with the next question.</source>
        <translation>已收到的内容已保留。可能是内存不足。下次提问时引擎会重新启动。</translation>
    </message>
    <message>
        <source>The API key contains an invalid character or is too long.</source>
        <translation>密钥含有不允许的字符，或者过长。</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型来源</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>打开其页面</translation>
    </message>
    <message>
        <source>There is no connection to {server}.</source>
        <translation>无法连接到 {server}。</translation>
    </message>
    <message>
        <source>Check your internet connection. If {server} is blocked or slow where you are, choose another model source. What was downloaded is kept.</source>
        <translation>请检查网络连接。如果你所在的地区无法访问 {server} 或速度很慢，请选择其他模型来源。已下载的部分会保留。</translation>
    </message>
    <message>
        <source>{server} has no public repository {repository}.</source>
        <translation>{server} 上没有公开的仓库 {repository}。</translation>
    </message>
    <message>
        <source>It was renamed or removed, or is private. Choose another model or model source.</source>
        <translation>它可能已改名、被删除或不公开。请选择其他模型或模型来源。</translation>
    </message>
    <message>
        <source>{repository} no longer has the version {revision} at {server}.</source>
        <translation>{server} 上的 {repository} 已没有版本 {revision}。</translation>
    </message>
    <message>
        <source>Its authors replaced it. Search for the model again to get the current version.</source>
        <translation>作者已将其替换。请重新搜索该模型以获取当前版本。</translation>
    </message>
    <message>
        <source>{repository} no longer has the file {path} at {server}.</source>
        <translation>{server} 上的 {repository} 已没有文件 {path}。</translation>
    </message>
    <message>
        <source>Its authors removed or renamed it. Search for the model again.</source>
        <translation>作者已将其删除或改名。请重新搜索该模型。</translation>
    </message>
    <message>
        <source>{repository} needs an account at {server}.</source>
        <translation>{repository} 需要 {server} 账号。</translation>
    </message>
    <message>
        <source>Sign in on the model&apos;s page, accept its conditions, and add a token of your account under Model sources.</source>
        <translation>请在模型页面登录并接受其条款，然后在“模型来源”中添加你账号的令牌。</translation>
    </message>
    <message>
        <source>Your account at {server} does not have access to {repository} yet.</source>
        <translation>你在 {server} 的账号尚无 {repository} 的访问权限。</translation>
    </message>
    <message>
        <source>Accept its conditions on the model&apos;s page. Some authors approve each request, which takes a while.</source>
        <translation>请在模型页面接受其条款。有些作者会逐一审批请求，需要等待一段时间。</translation>
    </message>
    <message>
        <source>{server} does not accept your token.</source>
        <translation>{server} 不接受你的令牌。</translation>
    </message>
    <message>
        <source>It is wrong, expired or withdrawn. Replace or remove it under Model sources.</source>
        <translation>令牌有误、已过期或已被撤销。请在“模型来源”中更换或移除它。</translation>
    </message>
    <message>
        <source>{server} received too many requests from your connection.</source>
        <translation>{server} 收到来自你网络的请求过多。</translation>
    </message>
    <message>
        <source>{server} has a problem of its own (status {status}).</source>
        <translation>{server} 自身出现问题（状态 {status}）。</translation>
    </message>
    <message>
        <source>Try again later, or choose another model source. What was downloaded is kept.</source>
        <translation>请稍后重试，或选择其他模型来源。已下载的部分会保留。</translation>
    </message>
    <message>
        <source>The response of {address} is not that of a model source.</source>
        <translation>{address} 的响应不像模型来源。</translation>
    </message>
    <message>
        <source>Check the address under Model sources. A network that requires a login may also answer in place of it.</source>
        <translation>请检查“模型来源”中的地址。需要登录的网络也可能代替它作出响应。</translation>
    </message>
    <message>
        <source>{server} redirects to {host} without encryption or too often.</source>
        <translation>{server} 重定向到 {host} 时未加密或次数过多。</translation>
    </message>
    <message>
        <source>Nothing was downloaded from there. Choose another model source.</source>
        <translation>没有从那里下载任何内容。请选择其他模型来源。</translation>
    </message>
    <message>
        <source>{path} at {server} is not the expected file.</source>
        <translation>{server} 上的 {path} 不是预期的文件。</translation>
    </message>
    <message>
        <source>Its size or SHA-256 differs, so nothing was downloaded. Choose another model source, or search for the model again.</source>
        <translation>其大小或 SHA-256 不符，因此没有下载。请选择其他模型来源，或重新搜索该模型。</translation>
    </message>
    <message>
        <source>{server} does not report the SHA-256 of {path}.</source>
        <translation>{server} 未提供 {path} 的 SHA-256。</translation>
    </message>
    <message>
        <source>Without it, the file cannot be verified, so it was not downloaded.</source>
        <translation>没有它就无法校验文件，因此没有下载。</translation>
    </message>
    <message>
        <source>{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB available; 1 GB stays free. Free some disk space, or choose another folder for models.</source>
        <translation>还需下载 {needed_gigabytes:.1f} GB，可用 {free_gigabytes:.1f} GB（另保留 1 GB）。请释放磁盘空间，或为模型选择其他文件夹。</translation>
    </message>
    <message>
        <source>The file is not what its publisher listed. Deleted.</source>
        <translation>文件与发布者公布的不一致，已删除。</translation>
    </message>
    <message>
        <source>{file} from {server} has another checksum (SHA-256). Try again, or use another source.</source>
        <translation>来自 {server} 的 {file} 校验和（SHA-256）不符。请重试，或换用其他来源。</translation>
    </message>
    <message>
        <source>The program {path} cannot run models.</source>
        <translation>程序 {path} 无法运行模型。</translation>
    </message>
    <message>
        <source>Models run with the built-in engine instead, on the processor.</source>
        <translation>模型改由内置引擎在处理器上运行。</translation>
    </message>
    <message>
        <source>llama.cpp {tag} is no longer available.</source>
        <translation>llama.cpp {tag} 已无法获取。</translation>
    </message>
    <message>
        <source>A newer version of Chatdesk offers another one. Until then, models run on the processor.</source>
        <translation>新版 Chatdesk 会提供其他版本。在此之前，模型在处理器上运行。</translation>
    </message>
    <message>
        <source>llama.cpp found no graphics card that it can use.</source>
        <translation>llama.cpp 没有找到可用的显卡。</translation>
    </message>
    <message>
        <source>Install or update the driver of your graphics card, then try again.</source>
        <translation>请安装或更新显卡驱动程序，然后重试。</translation>
    </message>
    <message>
        <source>It accepts the next one in {seconds:.0f} s. What was downloaded is kept.</source>
        <translation>{seconds:.0f} 秒后可再次请求。已下载的部分会保留。</translation>
    </message>
    <message>
        <source>A message can have at most {limit} attachments. Send the rest in another message.</source>
        <translation>一条消息最多可以有 {limit} 个附件。请在另一条消息中发送其余附件。</translation>
    </message>
    <message>
        <source>{name} is not a picture or a document that can be read.</source>
        <translation>“{name}”不是可以读取的图片或文档。</translation>
    </message>
    <message>
        <source>{name} has an old format that cannot be read.</source>
        <translation>“{name}”采用旧格式，无法读取。</translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete.</source>
        <translation>“{name}”已损坏或不完整。</translation>
    </message>
    <message>
        <source>{name} is protected by a password.</source>
        <translation>“{name}”受密码保护。</translation>
    </message>
    <message>
        <source>Save a copy without the password, then attach that file.</source>
        <translation>请另存一份不带密码的副本，然后添加该文件。</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>“{name}”是空文件。</translation>
    </message>
    <message>
        <source>{name} has more than {characters:,} characters. Attach a part of it.</source>
        <translation>“{name}”超过 {characters:,} 个字符。请只添加其中一部分。</translation>
    </message>
    <message>
        <source>{name} was not opened, because it would expand to far more than its size.</source>
        <translation>未打开“{name}”，因为它解压后会远远超过自身大小。</translation>
    </message>
    <message>
        <source>{name} could not be read: it took too much time or memory.</source>
        <translation>无法读取“{name}”：占用的时间或内存过多。</translation>
    </message>
    <message>
        <source>Nothing in {name} matches “{words}”.</source>
        <translation>{name} 中没有与“{words}”匹配的内容。</translation>
    </message>
    <message>
        <source>Nothing has been sent. Edit the question to search with other words.</source>
        <translation>尚未发送任何内容。请编辑问题，换其他词语查找。</translation>
    </message>
    <message>
        <source>Tesseract could not read {name}.</source>
        <translation>Tesseract 无法识别 {name}。</translation>
    </message>
    <message>
        <source>Send it as pictures to a model with vision, or install Tesseract again.</source>
        <translation>请将它作为图片发送给支持视觉的模型，或重新安装 Tesseract。</translation>
    </message>
    <message>
        <source>No text was found in {name}. Its pages are pictures.</source>
        <translation>在 {name} 中未找到文字，它的页面都是图片。</translation>
    </message>
    <message>
        <source>{name} is a HEIC picture, which cannot be read on this computer.</source>
        <translation>{name} 是 HEIC 图片，无法在这台电脑上读取。</translation>
    </message>
    <message>
        <source>Save a copy as JPEG, then attach that file.</source>
        <translation>请另存为 JPEG 副本，再添加该文件。</translation>
    </message>
    <message>
        <source>Save it in a current format (.docx, .pptx or PDF), or install LibreOffice, which then reads it.</source>
        <translation>请另存为当前格式（.docx、.pptx 或 PDF），或安装 LibreOffice 来读取它。</translation>
    </message>
    <message>
        <source>LibreOffice could not convert {name}.</source>
        <translation>LibreOffice 无法转换 {name}。</translation>
    </message>
    <message>
        <source>Open it in an office program, and save it in a current format.</source>
        <translation>请在办公软件中打开它，并另存为当前格式。</translation>
    </message>
    <message>
        <source>Use the relevant passages</source>
        <translation>使用相关段落</translation>
    </message>
    <message>
        <source>This backup was made by a newer version of Chatdesk.</source>
        <translation>此备份由更新版本的 Chatdesk 创建。</translation>
    </message>
    <message>
        <source>Nothing has been changed. Install the newer version to restore it.</source>
        <translation>没有任何更改。请安装更新的版本以恢复它。</translation>
    </message>
    <message>
        <source>Temporary files could not be written.</source>
        <translation>无法写入临时文件。</translation>
    </message>
    <message>
        <source>There is not enough space for temporary files.</source>
        <translation>临时文件的空间不足。</translation>
    </message>
    <message>
        <source>Free some space on the disk of this folder, then try again: {path}</source>
        <translation>请在此文件夹所在的磁盘上释放一些空间，然后重试：{path}</translation>
    </message>
    <message>
        <source>Pictures and documents could not be saved.</source>
        <translation>无法保存图片和文档。</translation>
    </message>
    <message>
        <source>There is not enough space to save pictures and documents.</source>
        <translation>空间不足，无法保存图片和文档。</translation>
    </message>
    <message>
        <source>Close other programs, then try again.</source>
        <translation>请关闭其他程序，然后重试。</translation>
    </message>
    <message>
        <source>{name} could not be read: the system could not start the process that reads files.</source>
        <translation>无法读取 {name}：系统无法启动读取文件的进程。</translation>
    </message>
    <message>
        <source>{name} could not be read, because a temporary copy was not possible.</source>
        <translation>无法读取 {name}，因为无法创建临时副本。</translation>
    </message>
    <message>
        <source>Free some disk space, then try again. System error: {reason}</source>
        <translation>请释放一些磁盘空间，然后重试。系统错误：{reason}</translation>
    </message>
    <message>
        <source>The folder does not respond.</source>
        <translation>文件夹没有响应。</translation>
    </message>
    <message>
        <source>Check the connection to its disk or network drive, or choose another folder: {path}</source>
        <translation>请检查与其磁盘或网络驱动器的连接，或选择其他文件夹：{path}</translation>
    </message>
    <message>
        <source>The backup could not be saved.</source>
        <translation>无法保存备份。</translation>
    </message>
</context>
<context>
    <name>ExportChoices</name>
    <message numerus="yes">
        <source>%n passage(s)</source>
        <translation>
            <numerusform>%n 段</numerusform>
        </translation>
    </message>
    <message>
        <source>One file</source>
        <translation>一个文件</translation>
    </message>
    <message>
        <source>A file each, in a folder</source>
        <translation>每个对话一个文件，放入文件夹</translation>
    </message>
    <message>
        <source>A file each, zipped</source>
        <translation>每个对话一个文件，打包为 ZIP</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Plain text, without formatting</source>
        <translation>纯文本，不含标记</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Include</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理过程</translation>
    </message>
    <message>
        <source>Time, model and tokens</source>
        <translation>时间、模型和 token 数</translation>
    </message>
    <message>
        <source>Other versions of an answer</source>
        <translation>回答的其他版本</translation>
    </message>
    <message>
        <source>Pictures and documents</source>
        <translation>图片和文档</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>Normal margins</source>
        <translation>普通边距</translation>
    </message>
    <message>
        <source>Narrow margins</source>
        <translation>窄边距</translation>
    </message>
    <message>
        <source>Wide margins</source>
        <translation>宽边距</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Page size</source>
        <translation>纸张大小</translation>
    </message>
    <message>
        <source>Margins</source>
        <translation>页边距</translation>
    </message>
    <message>
        <source>Presets and glossaries</source>
        <translation>预设和术语表</translation>
    </message>
    <message>
        <source>One file contains only chats. Presets and glossaries are exported with a file for each chat.</source>
        <translation>单个文件只包含对话。选择每个对话一个文件时，会一并导出预设和术语表。</translation>
    </message>
</context>
<context>
    <name>ExportLabels</name>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理过程</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Version {number} of {count}</source>
        <translation>第 {number} 个版本，共 {count} 个</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 个 token</translation>
    </message>
</context>
<context>
    <name>ExportPresenter</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <source>Page {number} of {count}</source>
        <translation>第 {number} 页，共 {count} 页</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>ExportSheet</name>
    <message>
        <source>Save as {format}…</source>
        <translation>保存为 {format}…</translation>
    </message>
    <message>
        <source>Export chat</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>Export chats</source>
        <translation>导出对话</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>No API keys and no folders of this computer, except in what you or a model wrote.</source>
        <translation>不含 API 密钥和本机文件夹，但你或模型写下的内容会原样保留。</translation>
    </message>
</context>
<context>
    <name>ExportVisit</name>
    <message>
        <source>Selected chats</source>
        <translation>所选对话</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>所有对话</translation>
    </message>
    <message>
        <source>Presets and glossaries</source>
        <translation>预设和术语表</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Selected messages</source>
        <translation>所选消息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>Whole chat</source>
        <translation>整个对话</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>最后一个回答</translation>
    </message>
    <message>
        <source>This question</source>
        <translation>这个问题</translation>
    </message>
    <message>
        <source>This answer</source>
        <translation>这个回答</translation>
    </message>
    <message>
        <source>Folder {name}</source>
        <translation>文件夹“{name}”</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExposureNotice</name>
    <message>
        <source>The API key is sent unencrypted, as you allowed.</source>
        <translation>已按你的允许，以未加密的方式发送密钥。</translation>
    </message>
    <message>
        <source>Stop sending</source>
        <translation>不再发送</translation>
    </message>
    <message>
        <source>This address is not encrypted (http). Others on the network could read the API key, so it is not sent. Use https if the server supports it.</source>
        <translation>此地址未加密（http）：网络上的其他人可能读到密钥，因此不会发送。如果服务器支持，请改用 https。</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>仍然发送</translation>
    </message>
</context>
<context>
    <name>ExtraBodyRow</name>
    <message>
        <source>Extra JSON</source>
        <translation>附加 JSON</translation>
    </message>
    <message>
        <source>“{name}” looks like an API key. This text is saved in a file, so enter keys in the field above instead.</source>
        <translation>“{name}”看起来像密钥。这里的内容保存在文件中，密钥应填在上面的密钥栏。</translation>
    </message>
    <message>
        <source>Line {line}: “{name}” is set by Chatdesk.</source>
        <translation>第 {line} 行：“{name}”由 Chatdesk 自己设置。</translation>
    </message>
    <message>
        <source>Enter a JSON object, such as {example}</source>
        <translation>请写一个对象，例如 {example}</translation>
    </message>
    <message>
        <source>This JSON is too large.</source>
        <translation>内容过多，超出任何服务器的需要。</translation>
    </message>
    <message>
        <source>Line {line}: “{name}” occurs twice.</source>
        <translation>第 {line} 行：“{name}”出现了两次。</translation>
    </message>
    <message>
        <source>Line {line} is not valid JSON. Check commas, quotation marks and brackets.</source>
        <translation>第 {line} 行不是 JSON：缺少或多出了逗号、引号或括号。</translation>
    </message>
    <message>
        <source>This is not valid JSON: it contains an invalid number.</source>
        <translation>这不是 JSON：其中有一个数字无效。</translation>
    </message>
    <message>
        <source>Added to every chat request, for options that Chatdesk has no setting for.</source>
        <translation>随每次对话一起发送，用于 Chatdesk 没有提供控件的参数。</translation>
    </message>
</context>
<context>
    <name>FileSaver</name>
    <message>
        <source>Save as</source>
        <translation>另存为</translation>
    </message>
</context>
<context>
    <name>FindTexts</name>
    <message>
        <source>Find in this chat</source>
        <translation>在此对话中查找</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全词匹配</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一个</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>Close and keep the position</source>
        <translation>关闭并停留在此处</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 个，共 {total} 个</translation>
    </message>
</context>
<context>
    <name>FinderCard</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Checking the address, {seconds} s</source>
        <translation>正在识别服务器，{seconds} 秒</translation>
    </message>
    <message>
        <source>Enter the address of a server. Chatdesk detects its type. No API key is sent.</source>
        <translation>输入服务器地址，Chatdesk 会检测其类型，不会发送密钥。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>检测并连接</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>其他地址</translation>
    </message>
</context>
<context>
    <name>FoldedLineObject</name>
    <message>
        <source>Pasted text, {count} characters</source>
        <translation>粘贴的文本，{count} 个字符</translation>
    </message>
</context>
<context>
    <name>FolderDefaults</name>
    <message>
        <source>No longer in the library</source>
        <translation>预设库中已没有</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>How should it answer in this folder?</source>
        <translation>它在这个文件夹中应如何回答？</translation>
    </message>
    <message>
        <source>Sent in all chats of this folder, before their own instructions.</source>
        <translation>在此文件夹的所有对话中发送，位于对话自己的指令之前。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No preset</source>
        <translation>不使用预设</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最近使用的模型</translation>
    </message>
    <message>
        <source>New chats in this folder start with</source>
        <translation>此文件夹中的新对话默认使用</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>不指定模型</translation>
    </message>
    <message>
        <source>Instructions and defaults of the folder</source>
        <translation>文件夹的指令和默认值</translation>
    </message>
</context>
<context>
    <name>FolderErrors</name>
    <message>
        <source>The folder does not exist on the server.</source>
        <translation>服务器上没有该文件夹。</translation>
    </message>
    <message>
        <source>Create the folder that contains it, or check the address: {path}</source>
        <translation>请创建其上级文件夹，或检查地址：{path}</translation>
    </message>
    <message>
        <source>{server} does not respond. ({reason})</source>
        <translation>{server} 没有响应。（{reason}）</translation>
    </message>
    <message>
        <source>Check the connection and the address: {address}</source>
        <translation>请检查网络连接和地址：{address}</translation>
    </message>
    <message>
        <source>The password was not sent, because the connection would not be encrypted.</source>
        <translation>连接未加密，因此没有发送密码。</translation>
    </message>
    <message>
        <source>Use an address that begins with https.</source>
        <translation>请使用以 https 开头的地址。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate is not from a trusted authority.</source>
        <translation>{server} 的证书不是由受信任的机构颁发的，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>If this is your own server, add its certificate to the trusted certificates of this computer, and restart Chatdesk.</source>
        <translation>如果服务器是你自己的，请将其证书添加到这台电脑的受信任证书中，然后重新启动 Chatdesk。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate is for another host name.</source>
        <translation>{server} 的证书属于另一个主机名，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>Use the host name given in the certificate, or check the address: {address}</source>
        <translation>请使用证书中的主机名，或检查地址：{address}</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate has expired or is not valid yet.</source>
        <translation>{server} 的证书已过期或尚未生效，因此没有发送任何内容。</translation>
    </message>
    <message>
        <source>Renew it on the server, or check the date and time of this computer.</source>
        <translation>请在服务器上更新证书，或检查这台电脑的日期和时间。</translation>
    </message>
    <message>
        <source>Host not found: {server}.</source>
        <translation>找不到主机 {server}。</translation>
    </message>
    <message>
        <source>Check the spelling, and that you are connected to its network.</source>
        <translation>请检查拼写，并确认你在它所在的网络中。</translation>
    </message>
    <message>
        <source>{server} refused the connection.</source>
        <translation>{server} 拒绝了连接。</translation>
    </message>
    <message>
        <source>Check the port in the address, and whether the WebDAV server is running: {address}</source>
        <translation>请检查地址中的端口，以及 WebDAV 服务器是否在运行：{address}</translation>
    </message>
    <message>
        <source>The address uses https, but the server is not encrypted.</source>
        <translation>地址写的是 https，但服务器没有加密。</translation>
    </message>
    <message>
        <source>Check the address and its port: {address}</source>
        <translation>请检查地址和端口：{address}</translation>
    </message>
    <message>
        <source>{server} did not respond in time.</source>
        <translation>{server} 没有及时响应。</translation>
    </message>
    <message>
        <source>The connection to {server} was lost.</source>
        <translation>与 {server} 的连接中断。</translation>
    </message>
    <message>
        <source>Check the connection, and try again.</source>
        <translation>请检查连接，然后重试。</translation>
    </message>
    <message>
        <source>The proxy for {server} requires a valid user name and password (407).</source>
        <translation>通往 {server} 的代理需要有效的用户名和密码（407）。</translation>
    </message>
    <message>
        <source>Enter them in the system settings.</source>
        <translation>请在系统设置中输入。</translation>
    </message>
    <message>
        <source>The proxy refused the request to {server}.</source>
        <translation>通往 {server} 的代理没有放行这个请求。</translation>
    </message>
    <message>
        <source>Check the proxy in the system settings.</source>
        <translation>请检查系统设置中的代理。</translation>
    </message>
    <message>
        <source>{server} requires an encrypted connection.</source>
        <translation>{server} 要求使用加密连接。</translation>
    </message>
    <message>
        <source>{server} has moved to {location}.</source>
        <translation>{server} 已迁移到 {location}。</translation>
    </message>
    <message>
        <source>Nothing was sent there. If the address is correct, enter it.</source>
        <translation>没有向那里发送任何内容。如果该地址正确，请输入它。</translation>
    </message>
    <message>
        <source>{server} does not give access to the folder ({status}).</source>
        <translation>{server} 不允许访问该文件夹（{status}）。</translation>
    </message>
    <message>
        <source>Check on the server what this user may read and write: {address}</source>
        <translation>请在服务器上检查该用户的读写权限：{address}</translation>
    </message>
    <message>
        <source>A file in the folder on {server} is in use by another program and locked ({status}).</source>
        <translation>{server} 上的文件夹中有一个文件正被另一个程序使用，已被锁定（{status}）。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>请稍后重试。</translation>
    </message>
    <message>
        <source>{server} could not answer the request ({status}).</source>
        <translation>{server} 无法处理请求（{status}）。</translation>
    </message>
    <message>
        <source>Try again later. If this stays, something has to be corrected on the server.</source>
        <translation>请稍后重试。如果问题持续存在，则需要在服务器上修正。</translation>
    </message>
    <message>
        <source>{server} refused the request ({status}).</source>
        <translation>{server} 拒绝了请求（{status}）。</translation>
    </message>
    <message>
        <source>Check the address, and on the server what this user may do: {address}</source>
        <translation>请检查地址，以及该用户在服务器上的权限：{address}</translation>
    </message>
    <message>
        <source>The disk with your chats is full.</source>
        <translation>保存对话的磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space, then try again: {path}</source>
        <translation>请释放一些空间，然后重试：{path}</translation>
    </message>
    <message>
        <source>Another program is using the chat database.</source>
        <translation>另一个程序正占用保存对话的文件。</translation>
    </message>
    <message>
        <source>Close it or wait a moment, then try again: {path}</source>
        <translation>请关闭该程序或稍等片刻，然后重试：{path}</translation>
    </message>
</context>
<context>
    <name>FolderMenu</name>
    <message>
        <source>New chat in this folder</source>
        <translation>在此文件夹中新建对话</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新建文件夹…</translation>
    </message>
    <message>
        <source>Delete folder</source>
        <translation>删除文件夹</translation>
    </message>
    <message>
        <source>Delete folder and its chats</source>
        <translation>删除文件夹及其中的对话</translation>
    </message>
    <message>
        <source>Delete folder and keep its chats</source>
        <translation>删除文件夹，保留对话</translation>
    </message>
    <message>
        <source>Instructions and defaults…</source>
        <translation>指令和默认值…</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
</context>
<context>
    <name>FolderNames</name>
    <message>
        <source>Quick questions</source>
        <translation>快速提问</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
</context>
<context>
    <name>FolderPresenter</name>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) moved to {folder}</source>
        <translation>
            <numerusform>已将 %n 个对话移至{folder}</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>“{name}”</translation>
    </message>
    <message numerus="yes">
        <source>Folder and %n chat(s) deleted</source>
        <translation>
            <numerusform>已删除文件夹和 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder deleted</source>
        <translation>已删除文件夹</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) removed from the folder</source>
        <translation>
            <numerusform>已将 %n 个对话移出文件夹</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder deleted; its chats are kept</source>
        <translation>已删除文件夹，其中的对话已保留</translation>
    </message>
</context>
<context>
    <name>FoldingEdit</name>
    <message>
        <source>Double-click to show the full text</source>
        <translation>双击可显示全文</translation>
    </message>
    <message>
        <source>Show full pasted text</source>
        <translation>显示粘贴的全文</translation>
    </message>
</context>
<context>
    <name>FontControl</name>
    <message>
        <source>Default (JetBrains Mono)</source>
        <translation>默认（JetBrains Mono）</translation>
    </message>
    <message>
        <source>System font</source>
        <translation>系统字体</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>empty</source>
        <translation>无</translation>
    </message>
    <message>
        <source>This value was changed elsewhere to: {now}. Saving replaces it with the value shown here.</source>
        <translation>此项已在别处改为：{now}。保存会用这里的内容替换它。</translation>
    </message>
</context>
<context>
    <name>Formulas</name>
    <message>
        <source>This formula is too large</source>
        <translation>此公式过大</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>阿尔法</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>贝塔</translation>
    </message>
    <message>
        <source>gamma</source>
        <translation>伽马</translation>
    </message>
    <message>
        <source>delta</source>
        <translation>德尔塔</translation>
    </message>
    <message>
        <source>epsilon</source>
        <translation>艾普西隆</translation>
    </message>
    <message>
        <source>zeta</source>
        <translation>泽塔</translation>
    </message>
    <message>
        <source>eta</source>
        <translation>伊塔</translation>
    </message>
    <message>
        <source>theta</source>
        <translation>西塔</translation>
    </message>
    <message>
        <source>iota</source>
        <translation>约塔</translation>
    </message>
    <message>
        <source>kappa</source>
        <translation>卡帕</translation>
    </message>
    <message>
        <source>lambda</source>
        <translation>兰姆达</translation>
    </message>
    <message>
        <source>mu</source>
        <translation>缪</translation>
    </message>
    <message>
        <source>nu</source>
        <translation>纽</translation>
    </message>
    <message>
        <source>xi</source>
        <translation>克西</translation>
    </message>
    <message>
        <source>pi</source>
        <translation>派</translation>
    </message>
    <message>
        <source>rho</source>
        <translation>柔</translation>
    </message>
    <message>
        <source>sigma</source>
        <translation>西格马</translation>
    </message>
    <message>
        <source>tau</source>
        <translation>陶</translation>
    </message>
    <message>
        <source>upsilon</source>
        <translation>宇普西隆</translation>
    </message>
    <message>
        <source>phi</source>
        <translation>斐</translation>
    </message>
    <message>
        <source>chi</source>
        <translation>希</translation>
    </message>
    <message>
        <source>psi</source>
        <translation>普西</translation>
    </message>
    <message>
        <source>omega</source>
        <translation>欧米伽</translation>
    </message>
    <message>
        <source>capital gamma</source>
        <translation>大写伽马</translation>
    </message>
    <message>
        <source>capital delta</source>
        <translation>大写德尔塔</translation>
    </message>
    <message>
        <source>capital theta</source>
        <translation>大写西塔</translation>
    </message>
    <message>
        <source>capital lambda</source>
        <translation>大写兰姆达</translation>
    </message>
    <message>
        <source>capital xi</source>
        <translation>大写克西</translation>
    </message>
    <message>
        <source>capital pi</source>
        <translation>大写派</translation>
    </message>
    <message>
        <source>capital sigma</source>
        <translation>大写西格马</translation>
    </message>
    <message>
        <source>capital upsilon</source>
        <translation>大写宇普西隆</translation>
    </message>
    <message>
        <source>capital phi</source>
        <translation>大写斐</translation>
    </message>
    <message>
        <source>capital psi</source>
        <translation>大写普西</translation>
    </message>
    <message>
        <source>capital omega</source>
        <translation>大写欧米伽</translation>
    </message>
    <message>
        <source>infinity</source>
        <translation>无穷大</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>偏</translation>
    </message>
    <message>
        <source>nabla</source>
        <translation>纳布拉</translation>
    </message>
    <message>
        <source>h bar</source>
        <translation>约化普朗克常数</translation>
    </message>
    <message>
        <source>script l</source>
        <translation>花体 l</translation>
    </message>
    <message>
        <source>real part</source>
        <translation>实部</translation>
    </message>
    <message>
        <source>imaginary part</source>
        <translation>虚部</translation>
    </message>
    <message>
        <source>Weierstrass p</source>
        <translation>魏尔斯特拉斯 p</translation>
    </message>
    <message>
        <source>aleph</source>
        <translation>阿列夫</translation>
    </message>
    <message>
        <source>beth</source>
        <translation>贝特</translation>
    </message>
    <message>
        <source>the empty set</source>
        <translation>空集</translation>
    </message>
    <message>
        <source>angle</source>
        <translation>角</translation>
    </message>
    <message>
        <source>measured angle</source>
        <translation>测量角</translation>
    </message>
    <message>
        <source>triangle</source>
        <translation>三角形</translation>
    </message>
    <message>
        <source>square</source>
        <translation>方框</translation>
    </message>
    <message>
        <source>filled square</source>
        <translation>实心方块</translation>
    </message>
    <message>
        <source>check mark</source>
        <translation>对勾</translation>
    </message>
    <message>
        <source>dagger</source>
        <translation>剑号</translation>
    </message>
    <message>
        <source>double dagger</source>
        <translation>双剑号</translation>
    </message>
    <message>
        <source>section</source>
        <translation>节</translation>
    </message>
    <message>
        <source>paragraph</source>
        <translation>段</translation>
    </message>
    <message>
        <source>top</source>
        <translation>真</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>假</translation>
    </message>
    <message>
        <source>degrees</source>
        <translation>度</translation>
    </message>
    <message>
        <source>prime</source>
        <translation>撇</translation>
    </message>
    <message>
        <source>i</source>
        <translation>i</translation>
    </message>
    <message>
        <source>j</source>
        <translation>j</translation>
    </message>
    <message>
        <source>and so on</source>
        <translation>等等</translation>
    </message>
    <message>
        <source>diamond</source>
        <translation>菱形</translation>
    </message>
    <message>
        <source>star</source>
        <translation>星号</translation>
    </message>
    <message>
        <source>filled star</source>
        <translation>实心星</translation>
    </message>
    <message>
        <source>complement</source>
        <translation>补集</translation>
    </message>
    <message>
        <source>pounds</source>
        <translation>英镑</translation>
    </message>
    <message>
        <source>copyright</source>
        <translation>版权</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>百分号</translation>
    </message>
    <message>
        <source>dollars</source>
        <translation>美元</translation>
    </message>
    <message>
        <source>number sign</source>
        <translation>井号</translation>
    </message>
    <message>
        <source>and</source>
        <translation>与</translation>
    </message>
    <message>
        <source>underscore</source>
        <translation>下划线</translation>
    </message>
    <message>
        <source>backslash</source>
        <translation>反斜线</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>升号</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>降号</translation>
    </message>
    <message>
        <source>natural</source>
        <translation>还原号</translation>
    </message>
    <message>
        <source>clubs</source>
        <translation>梅花</translation>
    </message>
    <message>
        <source>diamonds</source>
        <translation>方块</translation>
    </message>
    <message>
        <source>hearts</source>
        <translation>红心</translation>
    </message>
    <message>
        <source>spades</source>
        <translation>黑桃</translation>
    </message>
    <message>
        <source>plus</source>
        <translation>加</translation>
    </message>
    <message>
        <source>minus</source>
        <translation>减</translation>
    </message>
    <message>
        <source>plus or minus</source>
        <translation>正负</translation>
    </message>
    <message>
        <source>minus or plus</source>
        <translation>负正</translation>
    </message>
    <message>
        <source>times</source>
        <translation>乘</translation>
    </message>
    <message>
        <source>divided by</source>
        <translation>除以</translation>
    </message>
    <message>
        <source>dot</source>
        <translation>点</translation>
    </message>
    <message>
        <source>asterisk</source>
        <translation>星号</translation>
    </message>
    <message>
        <source>composed with</source>
        <translation>复合</translation>
    </message>
    <message>
        <source>direct sum</source>
        <translation>直和</translation>
    </message>
    <message>
        <source>circled minus</source>
        <translation>圈减</translation>
    </message>
    <message>
        <source>tensor product</source>
        <translation>张量积</translation>
    </message>
    <message>
        <source>circled dot</source>
        <translation>圈点</translation>
    </message>
    <message>
        <source>circled slash</source>
        <translation>圈斜线</translation>
    </message>
    <message>
        <source>or</source>
        <translation>或</translation>
    </message>
    <message>
        <source>not</source>
        <translation>非</translation>
    </message>
    <message>
        <source>intersection</source>
        <translation>交</translation>
    </message>
    <message>
        <source>union</source>
        <translation>并</translation>
    </message>
    <message>
        <source>disjoint union</source>
        <translation>不交并</translation>
    </message>
    <message>
        <source>set minus</source>
        <translation>差集</translation>
    </message>
    <message>
        <source>modulo</source>
        <translation>模</translation>
    </message>
    <message>
        <source>coproduct</source>
        <translation>余积</translation>
    </message>
    <message>
        <source>left semidirect product</source>
        <translation>左半直积</translation>
    </message>
    <message>
        <source>right semidirect product</source>
        <translation>右半直积</translation>
    </message>
    <message>
        <source>wreath product</source>
        <translation>圈积</translation>
    </message>
    <message>
        <source>contour integral</source>
        <translation>环路积分</translation>
    </message>
    <message>
        <source>equals</source>
        <translation>等于</translation>
    </message>
    <message>
        <source>is not equal to</source>
        <translation>不等于</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>小于</translation>
    </message>
    <message>
        <source>is greater than</source>
        <translation>大于</translation>
    </message>
    <message>
        <source>is less than or equal to</source>
        <translation>小于等于</translation>
    </message>
    <message>
        <source>is greater than or equal to</source>
        <translation>大于等于</translation>
    </message>
    <message>
        <source>is not less than</source>
        <translation>不小于</translation>
    </message>
    <message>
        <source>is not greater than</source>
        <translation>不大于</translation>
    </message>
    <message>
        <source>is not less than or equal to</source>
        <translation>不小于等于</translation>
    </message>
    <message>
        <source>is not greater than or equal to</source>
        <translation>不大于等于</translation>
    </message>
    <message>
        <source>is much less than</source>
        <translation>远小于</translation>
    </message>
    <message>
        <source>is much greater than</source>
        <translation>远大于</translation>
    </message>
    <message>
        <source>is less than or similar to</source>
        <translation>小于或相似于</translation>
    </message>
    <message>
        <source>is greater than or similar to</source>
        <translation>大于或相似于</translation>
    </message>
    <message>
        <source>is approximately equal to</source>
        <translation>约等于</translation>
    </message>
    <message>
        <source>is equivalent to</source>
        <translation>恒等于</translation>
    </message>
    <message>
        <source>is not equivalent to</source>
        <translation>不恒等于</translation>
    </message>
    <message>
        <source>is similar to</source>
        <translation>相似于</translation>
    </message>
    <message>
        <source>is similar or equal to</source>
        <translation>相似或等于</translation>
    </message>
    <message>
        <source>is congruent to</source>
        <translation>全等于</translation>
    </message>
    <message>
        <source>approaches the limit</source>
        <translation>趋于极限</translation>
    </message>
    <message>
        <source>is proportional to</source>
        <translation>正比于</translation>
    </message>
    <message>
        <source>is defined as</source>
        <translation>定义为</translation>
    </message>
    <message>
        <source>in</source>
        <translation>属于</translation>
    </message>
    <message>
        <source>not in</source>
        <translation>不属于</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含元素</translation>
    </message>
    <message>
        <source>is a proper subset of</source>
        <translation>真包含于</translation>
    </message>
    <message>
        <source>is a subset of</source>
        <translation>包含于</translation>
    </message>
    <message>
        <source>is a strict subset of</source>
        <translation>严格包含于</translation>
    </message>
    <message>
        <source>is not a subset of</source>
        <translation>不包含于</translation>
    </message>
    <message>
        <source>is not a proper subset of</source>
        <translation>不真包含于</translation>
    </message>
    <message>
        <source>is a proper superset of</source>
        <translation>真包含</translation>
    </message>
    <message>
        <source>is a superset of</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>is parallel to</source>
        <translation>平行于</translation>
    </message>
    <message>
        <source>is not parallel to</source>
        <translation>不平行于</translation>
    </message>
    <message>
        <source>is perpendicular to</source>
        <translation>垂直于</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>does not divide</source>
        <translation>不整除</translation>
    </message>
    <message>
        <source>precedes</source>
        <translation>先于</translation>
    </message>
    <message>
        <source>precedes or equals</source>
        <translation>先于或等于</translation>
    </message>
    <message>
        <source>succeeds</source>
        <translation>后于</translation>
    </message>
    <message>
        <source>succeeds or equals</source>
        <translation>后于或等于</translation>
    </message>
    <message>
        <source>is a normal subgroup of</source>
        <translation>是正规子群，属于</translation>
    </message>
    <message>
        <source>is a proper normal subgroup of</source>
        <translation>是真正规子群，属于</translation>
    </message>
    <message>
        <source>proves</source>
        <translation>推出</translation>
    </message>
    <message>
        <source>is provable from</source>
        <translation>可由此推出</translation>
    </message>
    <message>
        <source>models</source>
        <translation>满足</translation>
    </message>
    <message>
        <source>for all</source>
        <translation>对所有</translation>
    </message>
    <message>
        <source>there exists</source>
        <translation>存在</translation>
    </message>
    <message>
        <source>there does not exist</source>
        <translation>不存在</translation>
    </message>
    <message>
        <source>therefore</source>
        <translation>所以</translation>
    </message>
    <message>
        <source>because</source>
        <translation>因为</translation>
    </message>
    <message>
        <source>if and only if</source>
        <translation>当且仅当</translation>
    </message>
    <message>
        <source>implies</source>
        <translation>蕴含</translation>
    </message>
    <message>
        <source>is implied by</source>
        <translation>被蕴含于</translation>
    </message>
    <message>
        <source>is asymptotic to</source>
        <translation>渐近于</translation>
    </message>
    <message>
        <source>join</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>is defined to equal</source>
        <translation>定义等于</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>left arrow</source>
        <translation>左箭头</translation>
    </message>
    <message>
        <source>left right arrow</source>
        <translation>左右箭头</translation>
    </message>
    <message>
        <source>long right arrow</source>
        <translation>长右箭头</translation>
    </message>
    <message>
        <source>long left arrow</source>
        <translation>长左箭头</translation>
    </message>
    <message>
        <source>maps to</source>
        <translation>映射到</translation>
    </message>
    <message>
        <source>injects into</source>
        <translation>单射到</translation>
    </message>
    <message>
        <source>maps onto</source>
        <translation>满射到</translation>
    </message>
    <message>
        <source>up arrow</source>
        <translation>上箭头</translation>
    </message>
    <message>
        <source>down arrow</source>
        <translation>下箭头</translation>
    </message>
    <message>
        <source>up down arrow</source>
        <translation>上下箭头</translation>
    </message>
    <message>
        <source>double up arrow</source>
        <translation>双上箭头</translation>
    </message>
    <message>
        <source>double down arrow</source>
        <translation>双下箭头</translation>
    </message>
    <message>
        <source>north east arrow</source>
        <translation>右上箭头</translation>
    </message>
    <message>
        <source>south east arrow</source>
        <translation>右下箭头</translation>
    </message>
    <message>
        <source>south west arrow</source>
        <translation>左下箭头</translation>
    </message>
    <message>
        <source>north west arrow</source>
        <translation>左上箭头</translation>
    </message>
    <message>
        <source>right harpoon</source>
        <translation>右半箭头</translation>
    </message>
    <message>
        <source>left harpoon</source>
        <translation>左半箭头</translation>
    </message>
    <message>
        <source>is in equilibrium with</source>
        <translation>可逆反应</translation>
    </message>
    <message>
        <source>leads to</source>
        <translation>导致</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>product</source>
        <translation>求积</translation>
    </message>
    <message>
        <source>integral</source>
        <translation>积分</translation>
    </message>
    <message>
        <source>double integral</source>
        <translation>二重积分</translation>
    </message>
    <message>
        <source>triple integral</source>
        <translation>三重积分</translation>
    </message>
    <message>
        <source>surface integral</source>
        <translation>曲面积分</translation>
    </message>
    <message>
        <source>conjunction</source>
        <translation>合取</translation>
    </message>
    <message>
        <source>disjunction</source>
        <translation>析取</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>极限</translation>
    </message>
    <message>
        <source>limit superior</source>
        <translation>上极限</translation>
    </message>
    <message>
        <source>limit inferior</source>
        <translation>下极限</translation>
    </message>
    <message>
        <source>maximum</source>
        <translation>最大值</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>最小值</translation>
    </message>
    <message>
        <source>supremum</source>
        <translation>上确界</translation>
    </message>
    <message>
        <source>infimum</source>
        <translation>下确界</translation>
    </message>
    <message>
        <source>argument of the maximum</source>
        <translation>最大值点</translation>
    </message>
    <message>
        <source>argument of the minimum</source>
        <translation>最小值点</translation>
    </message>
    <message>
        <source>determinant</source>
        <translation>行列式</translation>
    </message>
    <message>
        <source>greatest common divisor</source>
        <translation>最大公约数</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>sine</source>
        <translation>正弦</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>tangent</source>
        <translation>正切</translation>
    </message>
    <message>
        <source>cotangent</source>
        <translation>余切</translation>
    </message>
    <message>
        <source>secant</source>
        <translation>正割</translation>
    </message>
    <message>
        <source>cosecant</source>
        <translation>余割</translation>
    </message>
    <message>
        <source>arc sine</source>
        <translation>反正弦</translation>
    </message>
    <message>
        <source>arc cosine</source>
        <translation>反余弦</translation>
    </message>
    <message>
        <source>arc tangent</source>
        <translation>反正切</translation>
    </message>
    <message>
        <source>hyperbolic sine</source>
        <translation>双曲正弦</translation>
    </message>
    <message>
        <source>hyperbolic cosine</source>
        <translation>双曲余弦</translation>
    </message>
    <message>
        <source>hyperbolic tangent</source>
        <translation>双曲正切</translation>
    </message>
    <message>
        <source>hyperbolic cotangent</source>
        <translation>双曲余切</translation>
    </message>
    <message>
        <source>log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>natural log</source>
        <translation>自然对数</translation>
    </message>
    <message>
        <source>exponential</source>
        <translation>指数函数</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>核</translation>
    </message>
    <message>
        <source>dimension</source>
        <translation>维数</translation>
    </message>
    <message>
        <source>degree</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>hom</source>
        <translation>同态集</translation>
    </message>
    <message>
        <source>argument</source>
        <translation>辐角</translation>
    </message>
    <message>
        <source>open parenthesis</source>
        <translation>左括号</translation>
    </message>
    <message>
        <source>close parenthesis</source>
        <translation>右括号</translation>
    </message>
    <message>
        <source>open bracket</source>
        <translation>左方括号</translation>
    </message>
    <message>
        <source>close bracket</source>
        <translation>右方括号</translation>
    </message>
    <message>
        <source>open brace</source>
        <translation>左花括号</translation>
    </message>
    <message>
        <source>close brace</source>
        <translation>右花括号</translation>
    </message>
    <message>
        <source>open angle bracket</source>
        <translation>左尖括号</translation>
    </message>
    <message>
        <source>close angle bracket</source>
        <translation>右尖括号</translation>
    </message>
    <message>
        <source>floor of</source>
        <translation>下取整</translation>
    </message>
    <message>
        <source>end floor</source>
        <translation>下取整结束</translation>
    </message>
    <message>
        <source>ceiling of</source>
        <translation>上取整</translation>
    </message>
    <message>
        <source>end ceiling</source>
        <translation>上取整结束</translation>
    </message>
    <message>
        <source>absolute value of</source>
        <translation>绝对值</translation>
    </message>
    <message>
        <source>end absolute value</source>
        <translation>绝对值结束</translation>
    </message>
    <message>
        <source>norm of</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>end norm</source>
        <translation>范数结束</translation>
    </message>
    <message>
        <source>double vertical bar</source>
        <translation>双竖线</translation>
    </message>
    <message>
        <source>colon</source>
        <translation>冒号</translation>
    </message>
    <message>
        <source>factorial</source>
        <translation>的阶乘</translation>
    </message>
    <message>
        <source>hat</source>
        <translation>帽</translation>
    </message>
    <message>
        <source>tilde</source>
        <translation>波浪线</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>横线</translation>
    </message>
    <message>
        <source>check</source>
        <translation>勾</translation>
    </message>
    <message>
        <source>acute</source>
        <translation>锐音符</translation>
    </message>
    <message>
        <source>grave</source>
        <translation>钝音符</translation>
    </message>
    <message>
        <source>double dot</source>
        <translation>双点</translation>
    </message>
    <message>
        <source>triple dot</source>
        <translation>三点</translation>
    </message>
    <message>
        <source>breve</source>
        <translation>短音符</translation>
    </message>
    <message>
        <source>ring</source>
        <translation>圆圈</translation>
    </message>
    <message>
        <source>underline</source>
        <translation>下划线</translation>
    </message>
    <message>
        <source>double arrow</source>
        <translation>双箭头</translation>
    </message>
    <message>
        <source>arc</source>
        <translation>弧</translation>
    </message>
    <message>
        <source>right arrow</source>
        <translation>右箭头</translation>
    </message>
    <message>
        <source>the natural numbers</source>
        <translation>自然数集</translation>
    </message>
    <message>
        <source>the integers</source>
        <translation>整数集</translation>
    </message>
    <message>
        <source>the rational numbers</source>
        <translation>有理数集</translation>
    </message>
    <message>
        <source>the real numbers</source>
        <translation>实数集</translation>
    </message>
    <message>
        <source>the complex numbers</source>
        <translation>复数集</translation>
    </message>
    <message>
        <source>approaches</source>
        <translation>趋于</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>1 column</source>
        <translation>1 列</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空</translation>
    </message>
    <message>
        <source>This formula contains an unknown command: {command}</source>
        <translation>此公式含有无法识别的命令：{command}</translation>
    </message>
    <message>
        <source>Formulas cannot use {command}</source>
        <translation>公式中不能使用 {command}</translation>
    </message>
    <message>
        <source>This formula has unclosed braces or environments</source>
        <translation>此公式的括号或环境没有闭合</translation>
    </message>
    <message>
        <source>This formula is incomplete</source>
        <translation>此公式缺少内容</translation>
    </message>
    <message>
        <source>This formula takes too long to display</source>
        <translation>排版此公式耗时过长</translation>
    </message>
    <message>
        <source>This formula is empty</source>
        <translation>此公式没有可显示的内容</translation>
    </message>
    <message>
        <source>This formula cannot be displayed</source>
        <translation>无法排版此公式</translation>
    </message>
    <message>
        <source>{a} over {b}</source>
        <translation>{b} 分之 {a}</translation>
    </message>
    <message>
        <source>fraction, {a}, over, {b}, end fraction</source>
        <translation>分式，分子 {a}，分母 {b}，分式结束</translation>
    </message>
    <message>
        <source>square root of {a}</source>
        <translation>根号 {a}</translation>
    </message>
    <message>
        <source>square root of {a}, end root</source>
        <translation>根号 {a}，根号结束</translation>
    </message>
    <message>
        <source>cube root of {a}</source>
        <translation>三次根号 {a}</translation>
    </message>
    <message>
        <source>cube root of {a}, end root</source>
        <translation>三次根号 {a}，根号结束</translation>
    </message>
    <message>
        <source>root of order {a} of {b}</source>
        <translation>{a} 次根号 {b}</translation>
    </message>
    <message>
        <source>root of order {a} of {b}, end root</source>
        <translation>{a} 次根号 {b}，根号结束</translation>
    </message>
    <message>
        <source>{a} squared</source>
        <translation>{a} 的平方</translation>
    </message>
    <message>
        <source>{a} cubed</source>
        <translation>{a} 的立方</translation>
    </message>
    <message>
        <source>{a} to the power of {b}</source>
        <translation>{a} 的 {b} 次方</translation>
    </message>
    <message>
        <source>{a} to the power of {b}, end power</source>
        <translation>{a} 的幂，指数 {b}，指数结束</translation>
    </message>
    <message>
        <source>inverse {a}</source>
        <translation>反 {a}</translation>
    </message>
    <message>
        <source>{a} superscript {b}</source>
        <translation>{a} 上标 {b}</translation>
    </message>
    <message>
        <source>{a} superscript {b}, end superscript</source>
        <translation>{a} 上标 {b}，上标结束</translation>
    </message>
    <message>
        <source>superscript {a}</source>
        <translation>上标 {a}</translation>
    </message>
    <message>
        <source>{a} sub {b}</source>
        <translation>{a} 下标 {b}</translation>
    </message>
    <message>
        <source>{a} sub {b}, end sub</source>
        <translation>{a} 下标 {b}，下标结束</translation>
    </message>
    <message>
        <source>subscript {a}</source>
        <translation>下标 {a}</translation>
    </message>
    <message>
        <source>{a} transpose</source>
        <translation>{a} 的转置</translation>
    </message>
    <message>
        <source>{a} base {b} of</source>
        <translation>{a}，底数 {b}，真数</translation>
    </message>
    <message>
        <source>{a} from {b} to {c} of</source>
        <translation>{a}，从 {b} 到 {c}，</translation>
    </message>
    <message>
        <source>{a} over {b} of</source>
        <translation>{a}，范围 {b}，</translation>
    </message>
    <message>
        <source>{a} up to {b} of</source>
        <translation>{a}，到 {b} 为止，</translation>
    </message>
    <message>
        <source>{a} of</source>
        <translation>{a}</translation>
    </message>
    <message>
        <source>{a} as {b} of</source>
        <translation>{a}，当 {b} 时，</translation>
    </message>
    <message>
        <source>evaluated at {a}</source>
        <translation>在 {a} 处取值</translation>
    </message>
    <message>
        <source>evaluated from {a} to {b}</source>
        <translation>从 {a} 到 {b} 取值之差</translation>
    </message>
    <message>
        <source>{a} {b}</source>
        <translation>{a} {b}</translation>
    </message>
    <message>
        <source>{b} over {a}, end</source>
        <translation>{a} 上加 {b}，结束</translation>
    </message>
    <message>
        <source>vector {a}</source>
        <translation>向量 {a}</translation>
    </message>
    <message>
        <source>vector {a}, end vector</source>
        <translation>向量 {a}，向量结束</translation>
    </message>
    <message>
        <source>{a} of {b}</source>
        <translation>{a} 括号 {b}</translation>
    </message>
    <message>
        <source>{a} with {b} above</source>
        <translation>{a}，上方 {b}，</translation>
    </message>
    <message>
        <source>{a} with {b} below</source>
        <translation>{a}，下方 {b}，</translation>
    </message>
    <message>
        <source>brace over {a}, end brace</source>
        <translation>上花括号 {a}，花括号结束</translation>
    </message>
    <message>
        <source>brace under {a}, end brace</source>
        <translation>下花括号 {a}，花括号结束</translation>
    </message>
    <message>
        <source>{a} choose {b}</source>
        <translation>{a} 选 {b}</translation>
    </message>
    <message>
        <source>binomial, {a}, choose, {b}, end binomial</source>
        <translation>组合数，{a}，选，{b}，组合数结束</translation>
    </message>
    <message>
        <source>not {a}</source>
        <translation>非 {a}</translation>
    </message>
    <message>
        <source>crossed out {a}</source>
        <translation>划去的 {a}</translation>
    </message>
    <message>
        <source>box: {a}, end box</source>
        <translation>方框：{a}，方框结束</translation>
    </message>
    <message>
        <source>number {a}</source>
        <translation>编号 {a}</translation>
    </message>
    <message>
        <source>modulo {a}</source>
        <translation>模 {a}</translation>
    </message>
    <message>
        <source>bold {a}</source>
        <translation>粗体 {a}</translation>
    </message>
    <message>
        <source>script {a}</source>
        <translation>花体 {a}</translation>
    </message>
    <message>
        <source>fraktur {a}</source>
        <translation>哥特体 {a}</translation>
    </message>
    <message>
        <source>double-struck {a}</source>
        <translation>空心 {a}</translation>
    </message>
    <message>
        <source>matrix with {a} and {b}: {c}; end matrix</source>
        <translation>矩阵，{a} {b}：{c}；矩阵结束</translation>
    </message>
    <message>
        <source>determinant with {a} and {b}: {c}; end determinant</source>
        <translation>行列式，{a} {b}：{c}；行列式结束</translation>
    </message>
    <message>
        <source>table with {a} and {b}: {c}; end table</source>
        <translation>表格，{a} {b}：{c}；表格结束</translation>
    </message>
    <message>
        <source>{a}: {b}; end cases</source>
        <translation>{a}：{b}；分情况结束</translation>
    </message>
    <message>
        <source>{a} rows</source>
        <translation>{a} 行</translation>
    </message>
    <message>
        <source>{a} columns</source>
        <translation>{a} 列</translation>
    </message>
    <message>
        <source>{a} cases</source>
        <translation>{a} 种情况</translation>
    </message>
    <message>
        <source>row {a}: {b}</source>
        <translation>第 {a} 行：{b}</translation>
    </message>
    <message>
        <source>case {a}: {b}</source>
        <translation>情况 {a}：{b}</translation>
    </message>
    <message>
        <source>line {a}: {b}</source>
        <translation>第 {a} 行：{b}</translation>
    </message>
    <message>
        <source>ket {a}</source>
        <translation>右矢 {a}</translation>
    </message>
    <message>
        <source>bra {a}</source>
        <translation>左矢 {a}</translation>
    </message>
</context>
<context>
    <name>FoundStep</name>
    <message>
        <source>Nothing is read before you choose, and nothing leaves this computer.</source>
        <translation>在你选择之前不会读取任何内容，也不会有任何内容离开这台电脑。</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>在这台电脑上找到</translation>
    </message>
    <message>
        <source>From a file or folder</source>
        <translation>来自文件或文件夹</translation>
    </message>
    <message>
        <source>Its chats are here</source>
        <translation>它的对话在这里</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>查看内容</translation>
    </message>
    <message>
        <source>It is running. Quit it, or make a backup in it.</source>
        <translation>它正在运行。请退出它，或在其中做一次备份。</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>It is running. Quit it first.</source>
        <translation>它正在运行。请先退出它。</translation>
    </message>
    <message>
        <source>Only {program} can read what it keeps. Export in it first.</source>
        <translation>只有 {program} 能读取自己保存的内容。请先在其中导出。</translation>
    </message>
    <message>
        <source>How to export</source>
        <translation>如何导出</translation>
    </message>
</context>
<context>
    <name>GeneralSection</name>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
</context>
<context>
    <name>GetAction</name>
    <message>
        <source>Chat</source>
        <translation>聊天</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
</context>
<context>
    <name>GetMoreTab</name>
    <message>
        <source>Get more</source>
        <translation>获取更多</translation>
    </message>
</context>
<context>
    <name>GlossaryView</name>
    <message>
        <source>Glossary: {source} → {target}</source>
        <translation>术语表：{source} → {target}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Add a term</source>
        <translation>添加术语</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Back to text</source>
        <translation>返回文本</translation>
    </message>
    <message>
        <source>Remove selected terms</source>
        <translation>删除选中的术语</translation>
    </message>
    <message>
        <source>Import from CSV file…</source>
        <translation>从 CSV 文件导入…</translation>
    </message>
    <message>
        <source>Export as CSV file…</source>
        <translation>导出为 CSV 文件…</translation>
    </message>
    <message>
        <source>No terms yet. Terms listed here are always translated this way. Separate several terms with |.</source>
        <translation>还没有术语。术语一律按这里写的来译；有几种译法时用 | 隔开。</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Fits</source>
        <translation>可以运行</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>less than 1 token/s, estimated</source>
        <translation>估计不到 1 token/秒</translation>
    </message>
    <message>
        <source>about {count} tokens/s, estimated</source>
        <translation>估计约 {count} token/秒</translation>
    </message>
    <message>
        <source>needs about {size} of memory</source>
        <translation>约需 {size} 内存</translation>
    </message>
    <message>
        <source>close other programs first</source>
        <translation>请先关闭其他程序</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Waiting for another download</source>
        <translation>等待另一个下载</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Almost done</source>
        <translation>即将完成</translation>
    </message>
    <message>
        <source>{amount}/s</source>
        <translation>{amount}/秒</translation>
    </message>
    <message>
        <source>{first} and {count} more</source>
        <translation>{first} 等，另有 {count} 块</translation>
    </message>
    <message>
        <source>{total}, {free} free</source>
        <translation>{total}，可用 {free}</translation>
    </message>
    <message>
        <source>{free} free</source>
        <translation>可用 {free}</translation>
    </message>
    <message>
        <source>about {count} s left</source>
        <translation>约剩 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>约剩 {count} 分钟</translation>
    </message>
    <message>
        <source>about {count} h left</source>
        <translation>约剩 {count} 小时</translation>
    </message>
    <message>
        <source>{share}% on GPU, slow</source>
        <translation>{share}% 在显卡上，较慢</translation>
    </message>
    <message>
        <source>{share}% on GPU</source>
        <translation>{share}% 在显卡上</translation>
    </message>
    <message>
        <source>On CPU, slow</source>
        <translation>在处理器上，较慢</translation>
    </message>
    <message>
        <source>On CPU</source>
        <translation>在处理器上</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>not enough disk space</source>
        <translation>磁盘空间不足</translation>
    </message>
    <message>
        <source>graphics memory unknown</source>
        <translation>显存大小未知</translation>
    </message>
    <message>
        <source>Weights {weights} + cache for {context} tokens {cache} + compute buffers {overhead} = {total}</source>
        <translation>权重 {weights} + {context} token 的缓存 {cache} + 计算空间 {overhead} = {total}</translation>
    </message>
    <message>
        <source>A model can use up to {memory} here, of which {graphics} is graphics memory.</source>
        <translation>在这台电脑上，模型最多可用 {memory}，其中 {graphics} 可供图形处理器使用。</translation>
    </message>
    <message>
        <source>A model can use up to {graphics} of graphics memory and {memory} of memory here.</source>
        <translation>在这台电脑上，模型最多可用 {graphics} 显存和 {memory} 内存。</translation>
    </message>
    <message>
        <source>A model can use up to {memory} of memory here.</source>
        <translation>在这台电脑上，模型最多可用 {memory} 内存。</translation>
    </message>
    <message>
        <source>free disk space unknown</source>
        <translation>那里的磁盘空间未知</translation>
    </message>
    <message>
        <source>This model name is too long.</source>
        <translation>这作为模型名称太长了。</translation>
    </message>
    <message>
        <source>Use only letters from a to z, digits, and . - _, without spaces, such as deepseek-r1:7b.</source>
        <translation>名称只能包含英文字母、数字和 . - _，不能有空格，例如 deepseek-r1:7b。</translation>
    </message>
    <message>
        <source>This is not a model name. Paste the address of a model&apos;s page, or a command such as: ollama run qwen3</source>
        <translation>这里没有模型名称。请粘贴模型页面的地址，或这样一行命令：ollama run qwen3</translation>
    </message>
    <message>
        <source>Models can be downloaded only from ollama.com and huggingface.co.</source>
        <translation>只能从 ollama.com 和 huggingface.co 获取模型，不能从这个地址获取。</translation>
    </message>
    <message>
        <source>Interrupted. Retrying in a moment</source>
        <translation>下载中断，稍后重试</translation>
    </message>
    <message>
        <source>Verifying the download. This can take a while for large models.</source>
        <translation>正在校验。大模型需要一些时间。</translation>
    </message>
    <message>
        <source>Contacting the model library</source>
        <translation>正在查询模型库</translation>
    </message>
    <message>
        <source>Interrupted. Attempt {number} in {seconds} s</source>
        <translation>已中断；{seconds} 秒后第 {number} 次重试</translation>
    </message>
    <message>
        <source>shared with system memory</source>
        <translation>与内存共用</translation>
    </message>
    <message>
        <source>No graphics card found</source>
        <translation>未找到显卡</translation>
    </message>
    <message>
        <source>{name}, integrated</source>
        <translation>{name}，核显</translation>
    </message>
    <message>
        <source>{name}, memory unknown</source>
        <translation>{name}，显存未知</translation>
    </message>
    <message>
        <source>Ready and verified</source>
        <translation>已就绪并核对</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>已就绪</translation>
    </message>
    <message>
        <source>{host} limits requests. Attempt {number} in {seconds} s</source>
        <translation>{host} 限制了请求；{seconds} 秒后第 {number} 次尝试</translation>
    </message>
</context>
<context>
    <name>HeadersRow</name>
    <message>
        <source>Headers</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Extra headers</source>
        <translation>附加请求头</translation>
    </message>
    <message>
        <source>Name: value</source>
        <translation>名称: 值</translation>
    </message>
    <message>
        <source>Use the form “Name: value” instead of “{line}”.</source>
        <translation>请按“名称: 值”的格式填写，而不是“{line}”。</translation>
    </message>
    <message>
        <source>One per line. Values are stored only in the system keyring, like API keys.</source>
        <translation>每行一个。值与密钥一样，只保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>No system keyring was found. The values are kept only until you quit Chatdesk.</source>
        <translation>没有找到系统密钥环：值只在本次运行中有效。</translation>
    </message>
    <message>
        <source>An earlier version saved the values in a file, and they could not be moved to the system keyring yet. They still work. Chatdesk tries again the next time it starts.</source>
        <translation>旧版本把这些值写进了文件，系统密钥环还没有接收它们。它们可以使用；Chatdesk 下次启动时会再试。</translation>
    </message>
    <message>
        <source>A value that you removed could not be deleted from the system keyring. It is no longer sent. Chatdesk tries again the next time it starts.</source>
        <translation>系统密钥环还没有删除一个已在此处移除的值。它不会再被发送；Chatdesk 下次启动时会再次尝试删除。</translation>
    </message>
    <message>
        <source>The saved values belong to the old address. Enter them again to use them here.</source>
        <translation>已保存的值属于旧地址。要在这里使用，请重新输入。</translation>
    </message>
    <message>
        <source>Show values</source>
        <translation>显示已输入的内容</translation>
    </message>
</context>
<context>
    <name>HereTab</name>
    <message>
        <source>On this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>HitRow</name>
    <message>
        <source>recommended</source>
        <translation>推荐</translation>
    </message>
    <message>
        <source>loses quality</source>
        <translation>质量有损失</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>查看…</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Get it with Ollama</source>
        <translation>用 Ollama 获取</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Reading the model&apos;s files</source>
        <translation>正在读取模型文件</translation>
    </message>
    <message numerus="yes">
        <source>%n downloads</source>
        <translation>
            <numerusform>%n 次下载</numerusform>
        </translation>
    </message>
    <message>
        <source>Needs an account and consent on the model&apos;s page.</source>
        <translation>需要账号，并在模型页面上同意其条款。</translation>
    </message>
    <message>
        <source>It has no GGUF files.</source>
        <translation>其中没有 GGUF 文件。</translation>
    </message>
    <message>
        <source>The file is not a model that the built-in engine can load.</source>
        <translation>这个文件不是内置引擎能加载的模型。</translation>
    </message>
    <message>
        <source>The built-in engine does not know the architecture {architecture} yet.</source>
        <translation>内置引擎还不支持 {architecture} 架构。</translation>
    </message>
    <message>
        <source>This is not a chat model.</source>
        <translation>这不是聊天模型。</translation>
    </message>
    <message>
        <source>Reading size and context…</source>
        <translation>正在读取大小和上下文…</translation>
    </message>
    <message>
        <source>context up to {tokens}</source>
        <translation>上下文最长 {tokens}</translation>
    </message>
    <message>
        <source>With an account</source>
        <translation>需要账号</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>Little memory left</source>
        <translation>内存所剩不多</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>可以运行</translation>
    </message>
    <message>
        <source>for finding passages in documents, not for chats</source>
        <translation>用于查找文档中的段落，不能对话</translation>
    </message>
</context>
<context>
    <name>HubResults</name>
    <message>
        <source>{host} received too many requests from your connection. Retrying in {seconds} s.</source>
        <translation>{host} 收到的来自你网络的请求过多。{seconds} 秒后自动重试。</translation>
    </message>
    <message>
        <source>Asking {host}…</source>
        <translation>正在询问 {host}…</translation>
    </message>
    <message>
        <source>Nothing found at {host} for “{text}”.</source>
        <translation>在 {host} 上没有找到“{text}”。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型来源</translation>
    </message>
    <message>
        <source>More results</source>
        <translation>更多结果</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>{count} too long</source>
        <translation>过长的 {count} 项</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 个</translation>
    </message>
    <message>
        <source>{file}: this file type is not supported.</source>
        <translation>{file}：无法识别这种文件。</translation>
    </message>
    <message>
        <source>{file} contains no presets.</source>
        <translation>{file}：其中没有预设。</translation>
    </message>
    <message>
        <source>{file}: only Cherry Studio itself can read this data. Update Cherry Studio to version 2, then choose its data folder or a new backup here. The assistants alone can be exported without the update.</source>
        <translation>{file}：这些数据只有 Cherry Studio 自己能读取。请将 Cherry Studio 升级到 2.0，然后在这里选择它存放数据的文件夹或新的备份。如果只需要助手，不升级也可以单独导出。</translation>
    </message>
    <message>
        <source>{file} is a folder or a device, not a file.</source>
        <translation>{file} 不是文件，而是文件夹或设备，未读取任何内容。</translation>
    </message>
    <message>
        <source>{file} could not be read, because you do not have permission. Change its permissions, then try again.</source>
        <translation>无法读取 {file}：没有读取权限。请修改其权限后重试。</translation>
    </message>
    <message>
        <source>{file} is not available any more. Check that it exists and its disk or network drive is connected, then try again.</source>
        <translation>{file} 已不可用。请检查它是否存在、其磁盘或网络驱动器是否已连接，然后重试。</translation>
    </message>
    <message>
        <source>{file} is in use by another program. Close that program, then try again.</source>
        <translation>{file} 正被其他程序使用。请关闭该程序后重试。</translation>
    </message>
    <message>
        <source>{file} has changed since it was read. Nothing was imported. Choose it again.</source>
        <translation>{file} 在读取之后发生了变化，未导入任何内容。请重新选择该文件。</translation>
    </message>
    <message>
        <source>{file} could not be read, because a temporary copy was not possible. Free some disk space, then try again.</source>
        <translation>无法读取 {file}：无法创建临时副本。请腾出一些磁盘空间后重试。</translation>
    </message>
    <message>
        <source>{file} could not be opened. System error: {detail}</source>
        <translation>无法打开 {file}。系统提示：{detail}</translation>
    </message>
    <message>
        <source>{file} contains more than {detail} MB, the maximum for imports.</source>
        <translation>{file}：内容超过 {detail} MB 的读取上限。</translation>
    </message>
    <message>
        <source>{file} contains more than {most} presets, the maximum for one import.</source>
        <translation>{file}：预设超过 {most} 个，一次最多导入这么多。</translation>
    </message>
    <message>
        <source>{file} is not valid UTF-8. Save it as UTF-8, then try again.</source>
        <translation>{file}：不是 UTF-8 编码的文本。请另存为 UTF-8 后再试。</translation>
    </message>
    <message>
        <source>{file} is damaged or incomplete. Nothing was imported from it.</source>
        <translation>{file} 已损坏或不完整，未采用其中任何内容。</translation>
    </message>
    <message>
        <source>{file} has an invalid structure. Nothing was imported from it.</source>
        <translation>{file} 的结构不像任何程序生成的，未采用其中任何内容。</translation>
    </message>
    <message>
        <source>{file} is protected with a password. Extract it first.</source>
        <translation>{file} 有密码保护，请先解压。</translation>
    </message>
    <message>
        <source>{file} looks malicious. Nothing was imported from it.</source>
        <translation>{file} 疑似恶意文件，未采用其中任何内容。</translation>
    </message>
    <message>
        <source>{file} is a picture that contains no character.</source>
        <translation>{file} 是普通图片，其中没有角色卡。</translation>
    </message>
    <message>
        <source>{file} was saved by a newer version of Chatdesk. Update Chatdesk to import it.</source>
        <translation>{file} 由更新版本的 Chatdesk 生成，升级后才能读取。</translation>
    </message>
    <message>
        <source>{file} is not a valid preset. See line {detail}.</source>
        <translation>{file} 无法作为预设读取，请检查第 {detail} 行。</translation>
    </message>
    <message>
        <source>{file}: the import was stopped because it took too long or used too much memory. Close other programs, then try again.</source>
        <translation>{file}：读取耗时过长或占用内存过多，已中止。请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>{file} does not respond. Check the connection to its disk or network drive, then try again.</source>
        <translation>{file} 没有响应。请检查它所在的磁盘或网络驱动器的连接，然后重试。</translation>
    </message>
    <message>
        <source>{count} empty</source>
        <translation>没有正文的 {count} 项</translation>
    </message>
    <message>
        <source>{count} invalid</source>
        <translation>无法识别的 {count} 项</translation>
    </message>
    <message>
        <source>{count} duplicates</source>
        <translation>重复的 {count} 项</translation>
    </message>
    <message>
        <source>{count} for image generation</source>
        <translation>绘图用的 {count} 项</translation>
    </message>
    <message>
        <source>{count} of another type</source>
        <translation>其他文件 {count} 个</translation>
    </message>
    <message>
        <source>Not imported: servers, keys, tools and similar ({detail})</source>
        <translation>已略去服务器、密钥、工具等字段（{detail}）</translation>
    </message>
    <message>
        <source>Not imported: unsupported settings ({detail})</source>
        <translation>已略去本版本不认识的设置（{detail}）</translation>
    </message>
    <message>
        <source>Invisible characters that the model still reads: {count}</source>
        <translation>正文含 {count} 个看不见、但模型会读到的字符</translation>
    </message>
    <message>
        <source>The name or description was shortened</source>
        <translation>名称或说明过长，已截短</translation>
    </message>
    <message>
        <source>Not imported: character book entries ({count})</source>
        <translation>已略去角色世界书的条目（{count} 条）</translation>
    </message>
    <message>
        <source>Not imported: alternate greetings ({count})</source>
        <translation>已略去其他开场白（{count} 条）</translation>
    </message>
    <message>
        <source>Not imported: {reasons}</source>
        <translation>未列出：{reasons}</translation>
    </message>
    <message>
        <source>You can import presets from Chatdesk files and archives, prompts in CSV or JSON, exports from Chatbox, Cherry Studio, LobeChat, Open WebUI and LM Studio, SillyTavern characters and system prompts, and plain text or Markdown.</source>
        <translation>可导入：Chatdesk 的预设文件及其压缩包，CSV 或 JSON 格式的提示词，Chatbox、Cherry Studio、LobeChat、Open WebUI、LM Studio 的导出文件，SillyTavern 角色卡和系统提示词，以及纯文本或 Markdown。</translation>
    </message>
    <message>
        <source>{file} contains chats, not presets.</source>
        <translation>{file}：这是对话记录，不是预设。</translation>
    </message>
    <message>
        <source>{file} also contains chats of {program}.</source>
        <translation>{file} 中还有 {program} 的对话。</translation>
    </message>
</context>
<context>
    <name>ImportDropTarget</name>
    <message>
        <source>Drop an export here</source>
        <translation>将导出文件拖到此处</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
</context>
<context>
    <name>ImportOffer</name>
    <message>
        <source>{name} is on this computer.</source>
        <translation>这台电脑上有 {name}。</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} 和 {last}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{names} are on this computer.</source>
        <translation>这台电脑上有 {names}。</translation>
    </message>
    <message>
        <source>Import their chats…</source>
        <translation>导入其中的对话…</translation>
    </message>
    <message>
        <source>Do not offer this again</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>Import its chats…</source>
        <translation>导入其中的对话…</translation>
    </message>
</context>
<context>
    <name>ImportPresenter</name>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Import chats from a folder</source>
        <translation>从文件夹导入对话</translation>
    </message>
    <message>
        <source>{file} contains no chats.</source>
        <translation>{file} 中没有对话。</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>The chats could not be imported. Nothing was changed.</source>
        <translation>无法导入对话。没有任何更改。</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>查看报告</translation>
    </message>
    <message>
        <source>Import report.txt</source>
        <translation>导入报告.txt</translation>
    </message>
    <message>
        <source>Not undone, because these chats were changed: {titles}</source>
        <translation>未撤销，因为这些对话已有改动：{titles}</translation>
    </message>
    <message>
        <source>Import undone</source>
        <translation>已撤销导入</translation>
    </message>
    <message>
        <source>Chat imported</source>
        <translation>已导入对话</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>ImportReport</name>
    <message>
        <source>The providers could not be added</source>
        <translation>无法添加提供商</translation>
    </message>
    <message>
        <source>The presets could not be imported</source>
        <translation>无法导入预设</translation>
    </message>
    <message>
        <source>The glossaries could not be imported</source>
        <translation>无法导入术语表</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>无法读取的文件</translation>
    </message>
    <message>
        <source>Skipped, here already</source>
        <translation>已跳过，这里已有</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>took {seconds} s</source>
        <translation>用时 {seconds} 秒</translation>
    </message>
    <message>
        <source>took {minutes} min {seconds} s</source>
        <translation>用时 {minutes} 分 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ImportRow</name>
    <message>
        <source>Keep both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Name already in use: {name}</source>
        <translation>已有同名预设：{name}</translation>
    </message>
    <message>
        <source>You already have a preset with this name</source>
        <translation>已有同名预设</translation>
    </message>
    <message>
        <source>You already have this preset</source>
        <translation>已有完全相同的预设</translation>
    </message>
    <message>
        <source>You already have this preset, with other content</source>
        <translation>你已有这个预设，但内容不同</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message numerus="yes">
        <source>Reading %n file(s)…</source>
        <translation>
            <numerusform>正在读取 %n 个文件…</numerusform>
        </translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message numerus="yes">
        <source>Import %n preset(s)</source>
        <translation>
            <numerusform>导入 %n 个预设</numerusform>
        </translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>导入预设</translation>
    </message>
    <message>
        <source>There is nothing to import</source>
        <translation>没有可导入的内容</translation>
    </message>
    <message numerus="yes">
        <source>All %n preset(s)</source>
        <translation>
            <numerusform>全部 %n 个预设</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) already in use:</source>
        <translation>
            <numerusform>%n 个与已有预设重名：</numerusform>
        </translation>
    </message>
    <message>
        <source>Other file…</source>
        <translation>其他文件…</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>撤销导入</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>保存报告…</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>在后台继续</translation>
    </message>
    <message numerus="yes">
        <source>Import %n chat(s)</source>
        <translation>
            <numerusform>导入 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Show the chats</source>
        <translation>查看对话</translation>
    </message>
    <message>
        <source>Export from {program}</source>
        <translation>从 {program} 导出</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Import from {program}</source>
        <translation>从 {program} 导入</translation>
    </message>
    <message>
        <source>Choose chats</source>
        <translation>选择对话</translation>
    </message>
    <message>
        <source>Importing from {program}</source>
        <translation>正在从 {program} 导入</translation>
    </message>
    <message>
        <source>Importing chats</source>
        <translation>正在导入对话</translation>
    </message>
    <message>
        <source>Import finished</source>
        <translation>导入完成</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>导入对话</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <source>The chats are imported completely or not at all.</source>
        <translation>对话要么全部导入，要么一个也不导入。</translation>
    </message>
</context>
<context>
    <name>ImportTexts</name>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>{count} of {messages}</source>
        <translation>{messages}中的 {count} 条</translation>
    </message>
    <message>
        <source>Pictures missing in the file</source>
        <translation>文件中缺少的图片</translation>
    </message>
    <message>
        <source>Documents missing in the file</source>
        <translation>文件中缺少的文档</translation>
    </message>
    <message>
        <source>Voice messages, text only</source>
        <translation>语音消息，仅文字</translation>
    </message>
    <message>
        <source>Videos left out</source>
        <translation>未导入的视频</translation>
    </message>
    <message>
        <source>Chats without a message</source>
        <translation>没有消息的对话</translation>
    </message>
    <message>
        <source>Damaged chats</source>
        <translation>损坏的对话</translation>
    </message>
    <message>
        <source>Damaged messages</source>
        <translation>损坏的消息</translation>
    </message>
    <message>
        <source>Tool calls left out</source>
        <translation>未导入的工具调用</translation>
    </message>
    <message>
        <source>Sources left out</source>
        <translation>未导入的来源</translation>
    </message>
    <message>
        <source>Very long texts, shortened</source>
        <translation>过长的文本，已截短</translation>
    </message>
    <message>
        <source>What the program remembers about you</source>
        <translation>该程序记住的关于你的内容</translation>
    </message>
    <message>
        <source>Shared links</source>
        <translation>分享链接</translation>
    </message>
    <message>
        <source>OpenAI messages</source>
        <translation>OpenAI 消息</translation>
    </message>
    <message>
        <source>Reads exports of ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, LobeChat and SillyTavern, OpenAI messages as JSON, Markdown, and Chatdesk’s own files.</source>
        <translation>可读取 ChatGPT、Claude、DeepSeek、Open WebUI、Chatbox、Cherry Studio、LM Studio、Jan、Ollama、LibreChat、LobeChat 和 SillyTavern 的导出文件，JSON 格式的 OpenAI 消息、Markdown，以及 Chatdesk 自己的文件。</translation>
    </message>
    <message>
        <source>{file}: this export format is not known.</source>
        <translation>{file}：这不是可识别的导出文件。</translation>
    </message>
    <message>
        <source>{file} contains too many files. Choose the folder with the chats.</source>
        <translation>{file} 包含的文件过多。请选择存放对话的文件夹。</translation>
    </message>
    <message>
        <source>{file} is a link or a device, not a file.</source>
        <translation>{file} 是链接或设备，不是文件。</translation>
    </message>
    <message>
        <source>Drop the file below, or choose it.</source>
        <translation>将文件拖到下方，或选择它。</translation>
    </message>
    <message>
        <source>In Chatbox, open Settings and then General.</source>
        <translation>在 Chatbox 中打开“设置”，再打开“通用设置”。</translation>
    </message>
    <message>
        <source>Under Data Backup, tick Chat History and My Copilots, and press Export Selected Data.</source>
        <translation>在“数据备份”中勾选“聊天记录”和“我的搭档”，然后点击“导出勾选数据”。</translation>
    </message>
    <message>
        <source>Update Cherry Studio to version 2, and start it once.</source>
        <translation>将 Cherry Studio 更新到版本 2，并启动一次。</translation>
    </message>
    <message>
        <source>Quit it and check again here, or make a backup in Settings, Data Settings.</source>
        <translation>退出后在这里重新检查，或在“设置”的“数据设置”中做一次备份。</translation>
    </message>
    <message>
        <source>In LobeHub, open Settings and then Data Storage.</source>
        <translation>在 LobeHub 中打开“设置”，再打开“数据存储”。</translation>
    </message>
    <message>
        <source>Press Export data.</source>
        <translation>点击“导出数据”。</translation>
    </message>
    <message>
        <source>In ChatGPT, open Settings and then Data controls, and press Export data.</source>
        <translation>在 ChatGPT 中打开“设置”，再打开“数据管理”，点击“导出数据”。</translation>
    </message>
    <message>
        <source>Download the ZIP file from the link that you get by mail. It works for 24 hours.</source>
        <translation>通过邮件中的链接下载 ZIP 文件。链接 24 小时内有效。</translation>
    </message>
    <message>
        <source>In Claude, open Settings and then Privacy, and press Export data.</source>
        <translation>在 Claude 中打开“设置”，再打开“隐私”，点击“导出数据”。</translation>
    </message>
    <message>
        <source>Export your chats in {program}.</source>
        <translation>在 {program} 中导出你的对话。</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>ChatGPT project {number}</source>
        <translation>ChatGPT 项目 {number}</translation>
    </message>
    <message>
        <source>Open WebUI folder {number}</source>
        <translation>Open WebUI 文件夹 {number}</translation>
    </message>
    <message>
        <source>Chat {number} in the file</source>
        <translation>文件中的第 {number} 个对话</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>“{title}”</translation>
    </message>
    <message>
        <source>{chats}: {names}</source>
        <translation>{chats}：{names}</translation>
    </message>
</context>
<context>
    <name>ImportedServersCard</name>
    <message numerus="yes">
        <source>%n provider(s), switched off</source>
        <translation>
            <numerusform>%n 个提供商，已停用</numerusform>
        </translation>
    </message>
    <message>
        <source>Import its API key</source>
        <translation>取用它的密钥</translation>
    </message>
    <message>
        <source>Import the API key of {name}</source>
        <translation>取用 {name} 的密钥</translation>
    </message>
    <message>
        <source>its key is in the keyring</source>
        <translation>密钥已存入系统密钥环</translation>
    </message>
    <message>
        <source>its key could not be read</source>
        <translation>无法读取密钥</translation>
    </message>
    <message>
        <source>its key is kept until Chatdesk is closed, because there is no keyring</source>
        <translation>没有可用的密钥环，密钥保留到 Chatdesk 关闭</translation>
    </message>
</context>
<context>
    <name>InstructionsField</name>
    <message>
        <source>Enter at most {count} characters.</source>
        <translation>最多可输入 {count} 个字符。</translation>
    </message>
</context>
<context>
    <name>InstructionsRow</name>
    <message>
        <source>Example: I live in Dublin. Use metric units.</source>
        <translation>例如：我住在上海。请使用公制单位。</translation>
    </message>
</context>
<context>
    <name>JobTexts</name>
    <message>
        <source>{things} and {last}</source>
        <translation>{things}和{last}</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>{things} are running</source>
        <translation>{things}正在进行</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Batch run</source>
        <translation>批量运行</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Speed check</source>
        <translation>测速</translation>
    </message>
    <message>
        <source>New model</source>
        <translation>新模型</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Saving a file</source>
        <translation>保存文件</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) are being written</source>
        <translation>
            <numerusform>正在生成 %n 个回答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) are running</source>
        <translation>
            <numerusform>正在进行 %n 项下载</numerusform>
        </translation>
    </message>
    <message>
        <source>A batch run is not finished</source>
        <translation>批量运行尚未完成</translation>
    </message>
    <message>
        <source>A translation is not finished</source>
        <translation>翻译尚未完成</translation>
    </message>
    <message>
        <source>A speed check is running</source>
        <translation>正在测速</translation>
    </message>
    <message>
        <source>An import is running</source>
        <translation>正在导入</translation>
    </message>
    <message>
        <source>A file is being saved</source>
        <translation>正在保存文件</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <comment>running</comment>
        <translation>
            <numerusform>%n 个回答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <comment>running</comment>
        <translation>
            <numerusform>%n 项下载</numerusform>
        </translation>
    </message>
    <message>
        <source>An answer is being written</source>
        <translation>正在生成一个回答</translation>
    </message>
    <message>
        <source>A download is running</source>
        <translation>正在进行一项下载</translation>
    </message>
    <message>
        <source>an answer</source>
        <translation>一个回答</translation>
    </message>
    <message>
        <source>a download</source>
        <translation>一项下载</translation>
    </message>
    <message>
        <source>a batch run</source>
        <translation>一个批量运行</translation>
    </message>
    <message>
        <source>a translation</source>
        <translation>一项翻译</translation>
    </message>
    <message>
        <source>a speed check</source>
        <translation>一项测速</translation>
    </message>
    <message>
        <source>a new model</source>
        <translation>一个新模型</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>一项导入</translation>
    </message>
    <message>
        <source>an export</source>
        <translation>一项导出</translation>
    </message>
    <message>
        <source>Keep working closes the window and finishes in the background. Start Chatdesk again to open the window. It quits when everything is done.</source>
        <translation>“继续运行”会关闭窗口并完成这些任务。再次启动 Chatdesk 即可查看；全部完成后它会自动退出。</translation>
    </message>
    <message>
        <source>The text written so far is kept.</source>
        <translation>已生成的内容会保留。</translation>
    </message>
    <message>
        <source>Downloads resume the next time you start Chatdesk.</source>
        <translation>下载会在下次启动时继续。</translation>
    </message>
    <message>
        <source>Anything unfinished has to be started again.</source>
        <translation>未完成的任务需要重新开始。</translation>
    </message>
    <message>
        <source>A model is being created</source>
        <translation>正在创建模型</translation>
    </message>
    <message>
        <source>Moving models</source>
        <translation>移动模型</translation>
    </message>
    <message>
        <source>You can continue moving the models later. Until then, all of them can be used.</source>
        <translation>之后可以继续移动模型；在此之前，所有模型都能正常使用。</translation>
    </message>
    <message>
        <source>Models are being moved</source>
        <translation>正在移动模型</translation>
    </message>
    <message>
        <source>a move of models</source>
        <translation>模型移动</translation>
    </message>
    <message>
        <source>Restoring chats</source>
        <translation>正在恢复对话</translation>
    </message>
    <message>
        <source>Chats are being restored</source>
        <translation>正在恢复对话</translation>
    </message>
    <message>
        <source>chats being restored</source>
        <translation>正在恢复的对话</translation>
    </message>
</context>
<context>
    <name>JobsSheet</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>停止并退出</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>继续运行</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Saved in the system keyring</source>
        <translation>已保存在系统密钥环中</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>更换</translation>
    </message>
    <message>
        <source>name:password</source>
        <translation>用户名:密码</translation>
    </message>
    <message>
        <source>Paste the API key</source>
        <translation>粘贴密钥</translation>
    </message>
    <message>
        <source>Keep saved key</source>
        <translation>保留已存的密钥</translation>
    </message>
    <message>
        <source>Kept until you quit Chatdesk, because no system keyring was found</source>
        <translation>仅在本次运行期间保留：未找到系统密钥环</translation>
    </message>
    <message>
        <source>Forget key</source>
        <translation>删除密钥</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>请按新的快捷键</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Shortcut of {command}: {keys}</source>
        <translation>“{command}”的快捷键：{keys}</translation>
    </message>
    <message>
        <source>Backspace removes the shortcut, Esc cancels.</source>
        <translation>按退格键清除快捷键，按 Esc 取消。</translation>
    </message>
    <message>
        <source>Change the shortcut</source>
        <translation>更改快捷键</translation>
    </message>
    <message>
        <source>This shortcut cannot be changed</source>
        <translation>此快捷键无法更改</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>The saved API key belongs to the old address. Paste it again to use it here.</source>
        <translation>已保存的密钥属于原来的地址。要在此处使用，请重新粘贴。</translation>
    </message>
    <message>
        <source>No system keyring was found. The API key is kept only until you quit Chatdesk.</source>
        <translation>没有找到系统密钥环：密钥只在本次运行中有效。</translation>
    </message>
    <message>
        <source>Only if the server requires one.</source>
        <translation>仅在服务器需要时填写。</translation>
    </message>
    <message>
        <source>Only if the workflow requires them, in the form name:password.</source>
        <translation>仅在工作流要求时填写：用户名、英文冒号、密码。</translation>
    </message>
    <message>
        <source>Each application has its own API key. Add a provider for each one.</source>
        <translation>每个应用都有自己的密钥，请为每个应用各添加一个提供商。</translation>
    </message>
    <message>
        <source>To keep it, install GNOME Keyring or KWallet, and log in again.</source>
        <translation>如需长期保存，请安装 GNOME Keyring 或 KWallet 并重新登录系统。</translation>
    </message>
</context>
<context>
    <name>KeyboardLine</name>
    <message>
        <source>full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>back to the chat</source>
        <translation>回到对话</translation>
    </message>
    <message>
        <source>close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The code is still being written.</source>
        <translation>代码还在生成。</translation>
    </message>
    <message>
        <source>exit full screen</source>
        <translation>退出全屏</translation>
    </message>
    <message>
        <source>back to side panel</source>
        <translation>放回侧边面板</translation>
    </message>
    <message>
        <source>Running. Keyboard input goes to the page.</source>
        <translation>正在运行，键盘由页面使用。</translation>
    </message>
    <message>
        <source>Running. Click the page to use the keyboard in it.</source>
        <translation>正在运行，点击页面即可用键盘操作。</translation>
    </message>
    <message>
        <source>Paused while not visible.</source>
        <translation>不可见时已暂停。</translation>
    </message>
    <message>
        <source>The page has stopped.</source>
        <translation>页面已结束。</translation>
    </message>
    <message>
        <source>Previews cannot run here.</source>
        <translation>页面无法在这里运行。</translation>
    </message>
</context>
<context>
    <name>KeyboardSection</name>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Writing and answers</source>
        <translation>输入与回答</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>阅读</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>To ask a quick question from any program, bind the command “{command}” to a keyboard shortcut in your desktop settings.</source>
        <translation>要在任何程序中快速提问，请在桌面系统的设置中把命令“{command}”绑定到一个快捷键。</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>搜索快捷键</translation>
    </message>
    <message>
        <source>Other commands</source>
        <translation>其他命令</translation>
    </message>
    <message>
        <source>another command</source>
        <translation>其他命令</translation>
    </message>
    <message>
        <source>{keys} is used by “{command}”.</source>
        <translation>{keys} 已用于“{command}”。</translation>
    </message>
    <message>
        <source>All shortcuts were reset.</source>
        <translation>已重置所有快捷键。</translation>
    </message>
    <message>
        <source>{keys} types text. Press it together with {modifier}.</source>
        <translation>{keys} 用于输入文字，请与 {modifier} 组合使用。</translation>
    </message>
    <message>
        <source>{keys} types a character on some keyboards.</source>
        <translation>{keys} 在某些键盘上用于输入字符。</translation>
    </message>
    <message>
        <source>{keys} is needed for editing text and moving around.</source>
        <translation>{keys} 用于编辑文字和移动光标。</translation>
    </message>
    <message>
        <source>{keys} is reserved by the system.</source>
        <translation>{keys} 已被系统占用。</translation>
    </message>
    <message>
        <source>This key cannot be a shortcut.</source>
        <translation>此键不能用作快捷键。</translation>
    </message>
    <message>
        <source>Select a shortcut, then press the new keys. Backspace removes it, Esc cancels.</source>
        <translation>点击某个快捷键，再按下新的组合键。按退格键清除，按 Esc 取消。</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Show other commands</source>
        <translation>显示其他命令</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>无结果</translation>
    </message>
</context>
<context>
    <name>Label</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全选</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯语</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>捷克语</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>丹麦语</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>荷兰语</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>芬兰语</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法语</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德语</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希腊语</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯来语</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>印地语</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>匈牙利语</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>印度尼西亚语</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>意大利语</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日语</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韩语</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>挪威语</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>波斯语</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>波兰语</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙语</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>罗马尼亚语</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄语</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙语</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>瑞典语</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰语</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>土耳其语</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>乌克兰语</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>越南语</translation>
    </message>
    <message>
        <source>Chinese (Simplified)</source>
        <translation>简体中文</translation>
    </message>
    <message>
        <source>Chinese (Traditional)</source>
        <translation>繁体中文</translation>
    </message>
</context>
<context>
    <name>LargeView</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>This preset has {count} characters, which is too long to edit here. You can still use it, and edit its file.</source>
        <translation>共 {count} 个字符，太长，无法在这里编辑。它可以照常使用；如需修改，请编辑它的文件。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Chatdesk has finished and quit</source>
        <translation>Chatdesk 已完成任务并退出</translation>
    </message>
    <message>
        <source>Chatdesk has quit after 30 minutes without progress</source>
        <translation>Chatdesk 已退出：30 分钟内没有收到任何数据</translation>
    </message>
</context>
<context>
    <name>LibraryFilterList</name>
    <message>
        <source>Categories</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>The built-in presets are in {language}.</source>
        <translation>内置预设的语言是{language}。</translation>
    </message>
</context>
<context>
    <name>LibraryHeader</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message numerus="yes">
        <source>Search %n preset(s)</source>
        <translation>
            <numerusform>搜索 %n 个预设</numerusform>
        </translation>
    </message>
    <message>
        <source>Search presets</source>
        <translation>搜索预设</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>New preset</source>
        <translation>新建预设</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Search names and descriptions, or #tag</source>
        <translation>名称或说明里的字词，或 #标签</translation>
    </message>
</context>
<context>
    <name>LibraryMenu</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>制作副本</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Run as batch…</source>
        <translation>对多个文件或表格批量运行</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Reset to built-in preset</source>
        <translation>恢复为内置版本</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n of my presets</source>
        <translation>
            <numerusform>删除自己的 %n 个预设</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPresenter</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>Presets you mark with a star appear here.</source>
        <translation>点亮星标的预设会出现在这里。</translation>
    </message>
    <message>
        <source>Presets you have used appear here, most recent first.</source>
        <translation>用过的预设会出现在这里，最近用的排在最前。</translation>
    </message>
    <message>
        <source>Presets you create or edit appear here.</source>
        <translation>你新建或修改过的预设会出现在这里。</translation>
    </message>
    <message>
        <source>No presets yet. Select New preset to create one.</source>
        <translation>还没有预设。点“新建预设”来写第一个。</translation>
    </message>
    <message>
        <source>No results. Press {keys} to create a preset.</source>
        <translation>无结果。按 {keys} 新建预设。</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>无结果</translation>
    </message>
</context>
<context>
    <name>LineField</name>
    <message>
        <source>This is not a number.</source>
        <translation>这不是数字。</translation>
    </message>
    <message>
        <source>The minimum is {number}.</source>
        <translation>不小于 {number}。</translation>
    </message>
    <message>
        <source>The maximum is {number}.</source>
        <translation>不大于 {number}。</translation>
    </message>
</context>
<context>
    <name>LinkOpener</name>
    <message>
        <source>Open {host}?</source>
        <translation>打开 {host}？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open the page in the browser?</source>
        <translation>在浏览器中打开页面？</translation>
    </message>
    <message>
        <source>This link cannot be opened</source>
        <translation>无法打开此链接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Check the address carefully. This may not be the site you expect.</source>
        <translation>请仔细核对：这可能不是你以为的网站。</translation>
    </message>
    <message>
        <source>The browser does not use the Chatdesk sandbox. There, the page can access the network and everything else the browser allows.</source>
        <translation>浏览器里没有沙箱：页面可以访问网络，以及浏览器允许的一切。</translation>
    </message>
    <message>
        <source>Chatdesk opens only standard web and email addresses.</source>
        <translation>Chatdesk 只打开普通的网页和邮件地址。</translation>
    </message>
</context>
<context>
    <name>LintLine</name>
    <message numerus="yes">
        <source>%n more hint(s)</source>
        <translation>
            <numerusform>还有 %n 条提示</numerusform>
        </translation>
    </message>
    <message>
        <source>Hints about the prompt</source>
        <translation>关于提示词的提示</translation>
    </message>
</context>
<context>
    <name>ListContent</name>
    <message>
        <source>No providers yet.</source>
        <translation>尚未设置提供商。</translation>
    </message>
    <message>
        <source>Add a provider…</source>
        <translation>添加提供商…</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>显示全部模型</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} / {all}</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>下载 {model}</translation>
    </message>
</context>
<context>
    <name>ListDrag</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LongTextField</name>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Use selection</source>
        <translation>取用选中内容</translation>
    </message>
    <message>
        <source>{count} characters. Only the beginning is shown, but the full text is sent.</source>
        <translation>共 {count} 个字符。这里只显示开头，发送的是全部内容。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>MachineStrip</name>
    <message>
        <source>Graphics</source>
        <translation>显卡</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在查看…</translation>
    </message>
    <message>
        <source>This line</source>
        <translation>网络</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Edit the question</source>
        <translation>编辑问题</translation>
    </message>
    <message>
        <source>Edit the answer</source>
        <translation>编辑回答</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Send without the picture</source>
        <translation>不带图片发送</translation>
    </message>
    <message>
        <source>Send without the pictures</source>
        <translation>不带这些图片发送</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>选择模型…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>{keys} sends, Esc cancels</source>
        <translation>{keys} 发送，Esc 取消</translation>
    </message>
    <message>
        <source>Markdown. {keys} saves, Esc cancels</source>
        <translation>Markdown 格式。{keys} 保存，Esc 取消</translation>
    </message>
</context>
<context>
    <name>MessagePresenter</name>
    <message>
        <source>Branch of “{title}”</source>
        <translation>“{title}”的分支</translation>
    </message>
    <message>
        <source>Branch of a chat</source>
        <translation>对话的分支</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>{model} is deleted.</source>
        <translation>已删除 {model}。</translation>
    </message>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} 已就绪。</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>正在加载 {model}…</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} 分钟</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} 小时</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) will be deleted.</source>
        <translation>
            <numerusform>将删除 %n 个模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>{model} ({size}) will be deleted.</source>
        <translation>将删除 {model}（{size}）。</translation>
    </message>
    <message>
        <source>{model} will be deleted.</source>
        <translation>将删除 {model}。</translation>
    </message>
    <message>
        <source>{model} is loaded.</source>
        <translation>{model} 已加载。</translation>
    </message>
    <message>
        <source>Indefinitely</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>{model} has already been deleted from the server. You can download it again.</source>
        <translation>已来不及撤销：{model} 已从服务器删除，可以重新下载。</translation>
    </message>
    <message>
        <source>{model} is not deleted here</source>
        <translation>{model} 不在这里删除</translation>
    </message>
    <message>
        <source>You added this file. Chatdesk uses it in place and never changes it. Delete it in its folder:</source>
        <translation>这是你添加的文件。Chatdesk 只在原位置使用它，从不改动。请在它的文件夹中删除：</translation>
    </message>
    <message>
        <source>This model belongs to {program}. Chatdesk uses it in place and never changes it. Delete it in {program}, or in its folder:</source>
        <translation>此模型属于 {program}。Chatdesk 只在原位置使用它，从不改动。请在 {program} 或它的文件夹中删除：</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>{model} is in the trash.</source>
        <translation>{model} 已移到回收站。</translation>
    </message>
    <message>
        <source>Its space is free once you empty the trash.</source>
        <translation>清空回收站后才会释放空间。</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Choices for {model}</source>
        <translation>{model} 的选项</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>Best for this computer</source>
        <translation>最适合这台电脑</translation>
    </message>
    <message>
        <source>Little memory left</source>
        <translation>内存所剩不多</translation>
    </message>
    <message>
        <source>Needs {size} on the disk, which is too full.</source>
        <translation>需要 {size} 磁盘空间，目前空间不足。</translation>
    </message>
</context>
<context>
    <name>ModelDefaultsSection</name>
    <message>
        <source>Model defaults</source>
        <translation>模型默认值</translation>
    </message>
    <message>
        <source>What every chat starts with, whichever model answers.</source>
        <translation>每个对话的初始设置，与由哪个模型回答无关。</translation>
    </message>
</context>
<context>
    <name>ModelDialog</name>
    <message>
        <source>Add a folder of models</source>
        <translation>添加模型文件夹</translation>
    </message>
    <message>
        <source>Add GGUF files</source>
        <translation>添加 GGUF 文件</translation>
    </message>
    <message>
        <source>GGUF models</source>
        <translation>GGUF 模型</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>ModelFileOpener</name>
    <message>
        <source>{name} cannot be used.</source>
        <translation>无法使用 {name}。</translation>
    </message>
    <message>
        <source>The file was not found among the models.</source>
        <translation>在模型中没有找到它。</translation>
    </message>
    <message>
        <source>{name} was added.</source>
        <translation>已添加 {name}。</translation>
    </message>
</context>
<context>
    <name>ModelFilesCard</name>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n 个模型</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n</source>
        <translation>
            <numerusform>前 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>这台电脑上的模型</translation>
    </message>
    <message>
        <source>Add a GGUF file…</source>
        <translation>添加 GGUF 文件…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>重新查找</translation>
    </message>
    <message>
        <source>No models found. Add a GGUF file, or a folder that contains GGUF files.</source>
        <translation>没有找到模型。请添加 GGUF 文件或模型文件夹。</translation>
    </message>
</context>
<context>
    <name>ModelFolderRow</name>
    <message>
        <source>Moving to {folder}: {done} of {total}</source>
        <translation>正在移动到 {folder}：{done} / {total}</translation>
    </message>
    <message>
        <source>Shared with LM Studio’s folder</source>
        <translation>与 LM Studio 共用文件夹</translation>
    </message>
    <message>
        <source>Stored in {folder}</source>
        <translation>保存在 {folder}</translation>
    </message>
    <message>
        <source>The move was interrupted.</source>
        <translation>移动已中断。</translation>
    </message>
    <message>
        <source>Some models are in {folder}; all of them can be used.</source>
        <translation>部分模型在 {folder} 中，全部模型仍可使用。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Share LM Studio’s folder</source>
        <translation>共用 LM Studio 的文件夹</translation>
    </message>
    <message>
        <source>Move back to the default folder</source>
        <translation>移回默认文件夹</translation>
    </message>
    <message>
        <source>Folder for models</source>
        <translation>模型文件夹</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移动…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Move back</source>
        <translation>移回</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>ModelPane</name>
    <message>
        <source>Template</source>
        <translation>模板</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Details of the model</source>
        <translation>模型详情</translation>
    </message>
    <message>
        <source>Set in the model file</source>
        <translation>模型文件中的设置</translation>
    </message>
    <message>
        <source>Built-in system prompt</source>
        <translation>模型自带的系统提示词</translation>
    </message>
    <message>
        <source>Actions for this model</source>
        <translation>可对此模型执行的操作</translation>
    </message>
    <message>
        <source>Default for new chats</source>
        <translation>新对话默认使用</translation>
    </message>
    <message>
        <source>Hidden in the model picker</source>
        <translation>选择模型时已隐藏</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
</context>
<context>
    <name>ModelPopup</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>No models yet.</source>
        <translation>还没有模型。</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>Download {name}…</source>
        <translation>下载 {name}…</translation>
    </message>
    <message>
        <source>Get more models</source>
        <translation>获取更多模型</translation>
    </message>
    <message>
        <source>Connect a provider…</source>
        <translation>连接提供商…</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>打开模型文件…</translation>
    </message>
</context>
<context>
    <name>ModelPresenter</name>
    <message>
        <source>Removed</source>
        <translation>已移除</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <source>Looking for models…</source>
        <translation>正在查找模型…</translation>
    </message>
    <message>
        <source>Built-in engine ready: {model} will answer.</source>
        <translation>内置引擎就绪，将由 {model} 回答。</translation>
    </message>
    <message>
        <source>{server} found: 1 model. {model} will answer.</source>
        <translation>已找到 {server}，共 1 个模型。由 {model} 回答。</translation>
    </message>
    <message>
        <source>{server} found: {count} models. {model} will answer.</source>
        <translation>已找到 {server}，共 {count} 个模型。由 {model} 回答。</translation>
    </message>
    <message>
        <source>{server}: {model} will answer.</source>
        <translation>{server}：由 {model} 回答。</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>{server} is installed but not running.</source>
        <translation>{server} 已安装，但没有运行。</translation>
    </message>
    <message>
        <source>{server} found, but it has no models yet</source>
        <translation>已找到 {server}，还没有模型</translation>
    </message>
    <message>
        <source>{server} is installed but not running</source>
        <translation>{server} 已安装，但没有运行</translation>
    </message>
    <message>
        <source>Not loaded. It is loaded with the next question.</source>
        <translation>不在内存中：下次提问时加载。</translation>
    </message>
    <message>
        <source>context {tokens} tokens</source>
        <translation>上下文 {tokens} 个 token</translation>
    </message>
    <message>
        <source>{share}% on GPU</source>
        <translation>其中 {share}% 在显卡上</translation>
    </message>
    <message>
        <source>loaded, unloads in less than a minute</source>
        <translation>已加载，不到 1 分钟后释放</translation>
    </message>
    <message>
        <source>loaded, unloads in {minutes} min</source>
        <translation>已加载，{minutes} 分钟后释放</translation>
    </message>
    <message>
        <source>loaded, unloads in {hours} h</source>
        <translation>已加载，{hours} 小时后释放</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>Loaded until {moment}</source>
        <translation>已加载，至 {moment}</translation>
    </message>
    <message>
        <source>No model found. Start Ollama, or add a provider.</source>
        <translation>没有找到模型。请启动 Ollama，或添加提供商。</translation>
    </message>
    <message>
        <source>The provider of {model} was removed. Choose another model.</source>
        <translation>{model} 的提供商已移除，请另选模型。</translation>
    </message>
    <message>
        <source>fits on GPU</source>
        <translation>显卡可容纳</translation>
    </message>
    <message>
        <source>partly on CPU</source>
        <translation>部分在处理器上</translation>
    </message>
    <message>
        <source>on CPU</source>
        <translation>在处理器上</translation>
    </message>
    <message>
        <source>too large for this computer</source>
        <translation>对这台电脑太大</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Ready now: {model}, short answers in English</source>
        <translation>现可使用：{model}，仅能用英语简短回答</translation>
    </message>
</context>
<context>
    <name>ModelsColumn</name>
    <message>
        <source>Ascending</source>
        <translation>升序</translation>
    </message>
    <message>
        <source>Descending</source>
        <translation>降序</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>全部提供商</translation>
    </message>
    <message>
        <source>Group by provider</source>
        <translation>按提供商分组</translation>
    </message>
    <message>
        <source>Show hidden models</source>
        <translation>显示已隐藏的模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
    <message>
        <source>Search name, provider, size or quantisation</source>
        <translation>名称、提供商、大小或量化中的词</translation>
    </message>
    <message>
        <source>Sorted by {order}, descending</source>
        <translation>按{order}排序，降序</translation>
    </message>
    <message>
        <source>Sorted by {order}, ascending</source>
        <translation>按{order}排序，升序</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Get more</source>
        <translation>获取更多</translation>
    </message>
    <message>
        <source>Search and filter</source>
        <translation>搜索和筛选</translation>
    </message>
</context>
<context>
    <name>ModelsHeader</name>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Open a GGUF file…</source>
        <translation>打开 GGUF 文件…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Get more</source>
        <translation>获取更多</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Another address…</source>
        <translation>其他地址…</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Last changed</source>
        <translation>最近更改</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>up to {tokens} tokens</source>
        <translation>最多 {tokens} 个 token</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>cloud</source>
        <translation>云端</translation>
    </message>
    <message>
        <source>app</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>{count} tokens/s</source>
        <translation>{count} token/秒</translation>
    </message>
    <message>
        <source>favourite</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>已隐藏</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Model ID</source>
        <translation>模型 ID</translation>
    </message>
    <message>
        <source>Capabilities</source>
        <translation>能力</translation>
    </message>
    <message>
        <source>Based on</source>
        <translation>基于</translation>
    </message>
    <message>
        <source>Fits on the GPU</source>
        <translation>显卡可完全容纳</translation>
    </message>
    <message>
        <source>Runs {share}% on GPU, the rest on CPU</source>
        <translation>{share}% 在显卡上运行，其余在处理器上</translation>
    </message>
    <message>
        <source>Runs on CPU</source>
        <translation>在处理器上运行</translation>
    </message>
    <message>
        <source>Too large for this computer</source>
        <translation>对这台电脑来说太大</translation>
    </message>
    <message>
        <source>Unknown whether it fits this computer</source>
        <translation>不清楚这台电脑能否运行</translation>
    </message>
    <message>
        <source>model file: {tokens}</source>
        <translation>模型文件要求 {tokens}</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已加载</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>{tokens} 上下文</translation>
    </message>
    <message>
        <source>not a chat model</source>
        <translation>不能对话</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>视觉</translation>
    </message>
    <message>
        <source>in system memory</source>
        <translation>在处理器内存中</translation>
    </message>
    <message>
        <source>{share}% on GPU</source>
        <translation>{share}% 在显卡上</translation>
    </message>
    <message>
        <source>Loaded, unloads in less than a minute</source>
        <translation>已加载，不到 1 分钟后释放</translation>
    </message>
    <message>
        <source>Loaded, unloads in {minutes} min</source>
        <translation>已加载，{minutes} 分钟后释放</translation>
    </message>
    <message>
        <source>Loaded, unloads in {hours} h</source>
        <translation>已加载，{hours} 小时后释放</translation>
    </message>
    <message>
        <source>finds passages in documents, not for chats</source>
        <translation>用于查找文档中的段落，不能对话</translation>
    </message>
</context>
<context>
    <name>MoveSheet</name>
    <message>
        <source>Move all data?</source>
        <translation>移动所有数据？</translation>
    </message>
    <message>
        <source>The data cannot move there</source>
        <translation>无法将数据移到那里</translation>
    </message>
    <message>
        <source>{size} are copied and checked.</source>
        <translation>将复制并检查 {size}。</translation>
    </message>
    <message>
        <source>Chats, attachments, backups, presets and models move there; the old folder is emptied only when everything is complete in the new one. The window closes meanwhile, and running answers are stopped. Do not choose a folder that another program synchronises.</source>
        <translation>对话、附件、备份、预设和模型将移到那里；只有新文件夹中的一切都完整后，旧文件夹才会清空。期间窗口会关闭，正在生成的回答会停止。请勿选择由其他程序同步的文件夹。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择其他文件夹…</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Ollama is not responding.</source>
        <translation>Ollama 没有响应。</translation>
    </message>
    <message>
        <source>Name such as qwen3:14b, a model page address, or a terminal command</source>
        <translation>名称（如 qwen3:14b）、模型页面地址，或一行终端命令</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>查找原因</translation>
    </message>
</context>
<context>
    <name>NamesRow</name>
    <message>
        <source>Deployments</source>
        <translation>部署</translation>
    </message>
    <message>
        <source>The names of your deployments, one per line.</source>
        <translation>你的部署名称，每行一个。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>API version</source>
        <translation>API 版本</translation>
    </message>
    <message>
        <source>One name per line. Needed only if the server does not list its models.</source>
        <translation>服务器不提供模型列表时填写，每行一个名称。</translation>
    </message>
    <message>
        <source>Enter at least one model, because the server does not list its models.</source>
        <translation>请至少写下一个：服务器不会列出它们。</translation>
    </message>
</context>
<context>
    <name>NewModelSheet</name>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系统提示词</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Creating the model…</source>
        <translation>服务器正在创建模型…</translation>
    </message>
    <message>
        <source>Copy model</source>
        <translation>复制模型</translation>
    </message>
    <message>
        <source>Create variant</source>
        <translation>创建变体</translation>
    </message>
    <message>
        <source>Create model from file</source>
        <translation>用文件创建模型</translation>
    </message>
    <message>
        <source>Copies {source}. The weights are shared, so a copy takes almost no space.</source>
        <translation>复制自 {source}。权重只保存一份，副本几乎不占空间。</translation>
    </message>
    <message>
        <source>Based on {source}, with instructions and settings that apply wherever the model is used.</source>
        <translation>基于 {source}，带有随时生效的指令和设置。</translation>
    </message>
    <message>
        <source>Uploads {source} to the server and adds it to the server&apos;s models.</source>
        <translation>来自 {source}。文件会发送到服务器，由它保存为模型。</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>创建</translation>
    </message>
    <message>
        <source>Maximum {count} characters.</source>
        <translation>最多保留 {count} 个字符。</translation>
    </message>
</context>
<context>
    <name>NextSteps</name>
    <message>
        <source>Starting Ollama…</source>
        <translation>正在启动 Ollama…</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>启动 Ollama</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>查找原因</translation>
    </message>
</context>
<context>
    <name>OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Questions and headings in the chat appear here.</source>
        <translation>对话中的问题和标题会列在这里。</translation>
    </message>
</context>
<context>
    <name>OwnActions</name>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新查询</translation>
    </message>
    <message>
        <source>Remove as default</source>
        <translation>取消默认</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>设为默认</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Show in model picker</source>
        <translation>选择模型时显示</translation>
    </message>
    <message>
        <source>Hide in model picker</source>
        <translation>选择模型时隐藏</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>复制名称</translation>
    </message>
    <message>
        <source>Provider settings</source>
        <translation>提供商设置</translation>
    </message>
    <message>
        <source>{model} is hidden in the model picker.</source>
        <translation>选择模型时不再显示 {model}。</translation>
    </message>
</context>
<context>
    <name>OwnSettings</name>
    <message>
        <source>Maximum {count} characters.</source>
        <translation>最多保留 {count} 个字符。</translation>
    </message>
    <message>
        <source>Your settings</source>
        <translation>自定义</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Defaults for chats with this model. Instructions are sent before those of a preset or chat, which override the other settings. Leave a field empty to use the default.</source>
        <translation>使用此模型的对话的默认值。指令在预设和对话的指令之前发送；其他设置可由预设或对话覆盖。字段留空则使用默认值。</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
</context>
<context>
    <name>PageColumn</name>
    <message>
        <source>No picture of page {number}</source>
        <translation>第 {number} 页没有图像</translation>
    </message>
    <message>
        <source>Pages of {name}</source>
        <translation>{name} 的页面</translation>
    </message>
    <message>
        <source>Smaller pages</source>
        <translation>缩小页面</translation>
    </message>
    <message>
        <source>Larger pages</source>
        <translation>放大页面</translation>
    </message>
    <message>
        <source>Fit to width, now {percent}%</source>
        <translation>适应宽度，当前 {percent}%</translation>
    </message>
</context>
<context>
    <name>PageMaker</name>
    <message>
        <source>{count} rows</source>
        <translation>{count} 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>first {shown} of {count} rows</source>
        <translation>前 {shown} 行，共 {count} 行</translation>
    </message>
    <message>
        <source>first {shown} of {count} columns</source>
        <translation>前 {shown} 列，共 {count} 列</translation>
    </message>
    <message>
        <source>first {shown} of {count} values</source>
        <translation>前 {shown} 个值，共 {count} 个</translation>
    </message>
    <message>
        <source>This is not valid JSON: line {line}, column {column}: {reason}</source>
        <translation>不是有效的 JSON：第 {line} 行第 {column} 列：{reason}</translation>
    </message>
    <message>
        <source>Sort by {column}</source>
        <translation>按 {column} 排序</translation>
    </message>
    <message>
        <source>The diagram cannot be drawn: {reason}</source>
        <translation>无法绘制图表：{reason}</translation>
    </message>
    <message>
        <source>The code cannot be compiled: {reason}</source>
        <translation>代码无法编译：{reason}</translation>
    </message>
    <message>
        <source>This script has no page. Its output is in the console.</source>
        <translation>这段脚本没有自己的页面，输出在控制台里。</translation>
    </message>
    <message>
        <source>No rows.</source>
        <translation>没有数据行。</translation>
    </message>
    <message>
        <source>This is not valid CSV: line {line}, column {column}: unclosed quotation mark</source>
        <translation>不是有效的 CSV：第 {line} 行第 {column} 列的引号没有闭合。</translation>
    </message>
    <message>
        <source>This JSON is nested too deeply to show as a tree.</source>
        <translation>这段 JSON 嵌套太深，无法显示为树。</translation>
    </message>
    <message>
        <source>This is too large to show as a table: {size} million characters. The maximum is {most}.</source>
        <translation>内容太大，无法显示为表格：{size} 百万字符，最多 {most}。</translation>
    </message>
    <message>
        <source>This component needs packages that are not available: {names}. Previews have no network access, and only React is built in. Ask for a version without these packages.</source>
        <translation>这个组件需要这里没有的包：{names}。预览不能访问网络，只内置 React。可以要求给出不用它们的版本。</translation>
    </message>
    <message>
        <source>This component needs files that are not in the answer: {names}.</source>
        <translation>这个组件需要回答里没有的文件：{names}。</translation>
    </message>
    <message>
        <source>There is no component to show, because the code exports none.</source>
        <translation>没有可显示的组件：代码没有导出组件。</translation>
    </message>
    <message>
        <source>The component failed: {reason}</source>
        <translation>组件因错误而中止：{reason}</translation>
    </message>
</context>
<context>
    <name>PageRows</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Importing chats</source>
        <translation>正在导入对话</translation>
    </message>
</context>
<context>
    <name>PageStrips</name>
    <message>
        <source>Keep on this computer</source>
        <translation>保存在本机</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暂不</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>The page was unloaded to save memory, and has been restarted.</source>
        <translation>为节省内存，这个页面曾被收起，现在已重新开始。</translation>
    </message>
    <message>
        <source>This page wants to save data, such as a high score.</source>
        <translation>这个页面想要保存一些内容（例如最高分）。</translation>
    </message>
    <message>
        <source>The page is not responding.</source>
        <translation>页面没有响应。</translation>
    </message>
    <message>
        <source>The page is slowing down the computer.</source>
        <translation>页面几乎占满了这台电脑的处理器。</translation>
    </message>
    <message>
        <source>The page needs WebGL (3D graphics), which is not available because no supported graphics card was found.</source>
        <translation>页面需要 WebGL（三维图形），而这台电脑没有可供它安全使用的显卡。</translation>
    </message>
    <message>
        <source>The page tried to open a dialog, such as a colour picker. Previews cannot open dialogs.</source>
        <translation>页面试图打开对话框（例如选择颜色）。预览中不能打开对话框。</translation>
    </message>
    <message>
        <source>The page says: “{text}”</source>
        <translation>页面显示：“{text}”</translation>
    </message>
    <message>
        <source>The page wants to lock the mouse pointer. Press Esc to release it.</source>
        <translation>页面想独占鼠标指针。按 Esc 可收回。</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>{title} (unloaded to save memory; restarts when opened)</source>
        <translation>{title}（为节省内存已收起，打开时会重新开始）</translation>
    </message>
    <message>
        <source>Close “{title}”</source>
        <translation>关闭“{title}”</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Recently deleted</source>
        <translation>最近删除</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Batch run</source>
        <translation>批量运行</translation>
    </message>
    <message>
        <source>Translator</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>prompts, assistants, agents, system prompts, roles, templates, prompt library, GPTs, bots</source>
        <translation>提示词，助手，智能体，系统提示词，角色，模板，提示词库，机器人</translation>
    </message>
    <message>
        <source>bulk, run over many, table, CSV, spreadsheet, many files</source>
        <translation>批量，批处理，表格，电子表格，多个文件</translation>
    </message>
    <message>
        <source>translate, translation, glossary, foreign language</source>
        <translation>翻译，翻译器，术语表，外语</translation>
    </message>
    <message>
        <source>manage models, LLM, local models, Ollama, GGUF, default model, delete model</source>
        <translation>管理模型，大模型，本地模型，默认模型，删除模型</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>↑ ↓ choose   ·   Enter open   ·   Esc close</source>
        <translation>↑ ↓ 选择   ·   Enter 打开   ·   Esc 关闭</translation>
    </message>
    <message>
        <source>&gt; commands   / presets   @ models</source>
        <translation>&gt; 命令   / 预设   @ 模型</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Choose a preset</source>
        <translation>选择预设</translation>
    </message>
    <message>
        <source>Theme: {choice}</source>
        <translation>主题：{choice}</translation>
    </message>
    <message>
        <source>Language: {choice}</source>
        <translation>语言：{choice}</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Search chats, presets and commands</source>
        <translation>查找对话、预设、命令</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>Save chat as preset</source>
        <translation>将此对话存为预设</translation>
    </message>
    <message>
        <source>Measure model speed</source>
        <translation>测量模型的速度</translation>
    </message>
    <message>
        <source>Reasoning: {how}</source>
        <translation>推理：{how}</translation>
    </message>
    <message>
        <source>Which DeepSeek model fits this computer</source>
        <translation>哪个 DeepSeek 模型适合这台电脑</translation>
    </message>
    <message>
        <source>Troubleshoot the server connection</source>
        <translation>检查与服务器的连接</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>In messages</source>
        <translation>消息内容</translation>
    </message>
    <message numerus="yes">
        <source>%n results</source>
        <translation>
            <numerusform>%n 个结果</numerusform>
        </translation>
    </message>
    <message>
        <source>another preset, prompt, assistant, agent, system prompt</source>
        <translation>其他预设，提示词，助手，智能体，系统提示词</translation>
    </message>
    <message>
        <source>create a preset, new prompt, save instructions</source>
        <translation>创建预设，新建提示词，保存指令</translation>
    </message>
    <message>
        <source>Import presets…</source>
        <translation>导入预设…</translation>
    </message>
    <message>
        <source>import prompts, import assistants, add agents</source>
        <translation>导入提示词，导入助手，添加智能体</translation>
    </message>
    <message>
        <source>Settings: {section}</source>
        <translation>设置：{section}</translation>
    </message>
    <message>
        <source>diagnose, not connected, error, help, test connection</source>
        <translation>诊断，连不上，出错，帮助，测试连接</translation>
    </message>
    <message>
        <source>benchmark, tokens per second, how fast, performance</source>
        <translation>测速，基准测试，每秒词元数，多快，性能</translation>
    </message>
    <message>
        <source>thinking, think, reasoning effort</source>
        <translation>思考，深度思考，推理强度</translation>
    </message>
    <message>
        <source>get a model, download model, recommended</source>
        <translation>获取模型，下载模型，推荐模型</translation>
    </message>
    <message>
        <source>Show downloads</source>
        <translation>显示下载</translation>
    </message>
    <message>
        <source>pull, progress of downloads</source>
        <translation>拉取，下载进度</translation>
    </message>
    <message>
        <source>Attach sources…</source>
        <translation>添加源代码…</translation>
    </message>
    <message>
        <source>upload, code, project, repository, directory, archive</source>
        <translation>上传, 代码, 项目, 仓库, 目录, 压缩包</translation>
    </message>
    <message>
        <source>Select all messages</source>
        <translation>全选消息</translation>
    </message>
    <message>
        <source>select all, mark everything</source>
        <translation>全选，选择全部</translation>
    </message>
    <message>
        <source>Copy last answer with formatting</source>
        <translation>复制上一个回答（带格式）</translation>
    </message>
    <message>
        <source>rich text, Word, HTML, copy as</source>
        <translation>富文本，带格式复制，复制为</translation>
    </message>
    <message>
        <source>Continue last answer</source>
        <translation>继续上一个回答</translation>
    </message>
    <message>
        <source>go on, resume, finish the answer</source>
        <translation>继续写，接着写，续写</translation>
    </message>
    <message>
        <source>Copy last answer as plain text</source>
        <translation>以纯文本复制上一个回答</translation>
    </message>
    <message>
        <source>copy as, without Markdown</source>
        <translation>复制为，不带格式</translation>
    </message>
    <message>
        <source>Save last answer…</source>
        <translation>保存上一个回答…</translation>
    </message>
    <message>
        <source>save message, export answer, file</source>
        <translation>保存消息，导出回答，文件</translation>
    </message>
    <message>
        <source>Quote last answer</source>
        <translation>引用上一个回答</translation>
    </message>
    <message>
        <source>quote, cite, reply to</source>
        <translation>引用，回复</translation>
    </message>
    <message>
        <source>New chat from here</source>
        <translation>从此处新建对话</translation>
    </message>
    <message>
        <source>branch, fork, split, branch to new chat</source>
        <translation>分支，分叉，另起对话</translation>
    </message>
    <message>
        <source>Instructions used for the last answer</source>
        <translation>模型为上一个回答收到的指令</translation>
    </message>
    <message>
        <source>system prompt, instructions, prompt of the last answer</source>
        <translation>系统提示词, 指令, 上一个回答的提示词</translation>
    </message>
    <message>
        <source>Previous version of last answer</source>
        <translation>上一个回答的前一版本</translation>
    </message>
    <message>
        <source>other answer, earlier version</source>
        <translation>其他回答，较早版本</translation>
    </message>
    <message>
        <source>Next version of last answer</source>
        <translation>上一个回答的后一版本</translation>
    </message>
    <message>
        <source>other answer, later version</source>
        <translation>其他回答，较新版本</translation>
    </message>
    <message>
        <source>Delete last answer</source>
        <translation>删除上一个回答</translation>
    </message>
    <message>
        <source>delete message, remove answer</source>
        <translation>删除消息，移除回答</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>group, project, directory, category, move to folder</source>
        <translation>分组，项目，目录，分类，移到文件夹</translation>
    </message>
    <message>
        <source>Unpin chat</source>
        <translation>取消置顶对话</translation>
    </message>
    <message>
        <source>Pin chat</source>
        <translation>置顶对话</translation>
    </message>
    <message>
        <source>favourite, star, keep on top, bookmark</source>
        <translation>收藏，星标，固定，书签</translation>
    </message>
    <message>
        <source>Copy chat</source>
        <translation>复制对话</translation>
    </message>
    <message>
        <source>copy whole chat, copy conversation, copy as Markdown</source>
        <translation>复制整个对话，复制全部内容</translation>
    </message>
    <message>
        <source>Duplicate chat</source>
        <translation>制作对话副本</translation>
    </message>
    <message>
        <source>copy, clone, copy of a chat</source>
        <translation>复制，克隆，对话副本</translation>
    </message>
    <message>
        <source>Copy chat as plain text</source>
        <translation>将对话复制为纯文本</translation>
    </message>
    <message>
        <source>copy conversation as text, unformatted</source>
        <translation>复制对话文本，无格式</translation>
    </message>
    <message>
        <source>Copy link to chat</source>
        <translation>复制对话链接</translation>
    </message>
    <message>
        <source>address, reference, share</source>
        <translation>地址，引用，分享</translation>
    </message>
    <message>
        <source>Open a document, a saved chat, a preset or a model</source>
        <translation>打开文档、已保存的对话、预设或模型</translation>
    </message>
    <message>
        <source>import chat, load file, restore a chat, ask about a file, PDF, JSON, GGUF</source>
        <translation>导入对话, 打开文件, 加载文件, 恢复对话, 询问文件, 文档提问, PDF, JSON, GGUF</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>upload, document, PDF, picture, image, e-mail</source>
        <translation>上传, 文档, PDF, 图片, 邮件, 附件</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>导入对话…</translation>
    </message>
    <message>
        <source>move, migrate, ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, LobeChat, restore, history</source>
        <translation>迁移, 搬家, 历史记录, 恢复, ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, LobeChat</translation>
    </message>
</context>
<context>
    <name>PalettePresenter</name>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
</context>
<context>
    <name>PanelHeader</name>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>控制台</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>并排</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation>在浏览器中打开…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Size, zoom and more</source>
        <translation>尺寸、缩放等</translation>
    </message>
    <message>
        <source>Restart page</source>
        <translation>重新运行页面</translation>
    </message>
    <message>
        <source>Back to side panel</source>
        <translation>放回侧边面板</translation>
    </message>
    <message>
        <source>Open in separate window</source>
        <translation>在单独的窗口中打开</translation>
    </message>
    <message>
        <source>Exit full screen</source>
        <translation>退出全屏</translation>
    </message>
    <message>
        <source>Close preview</source>
        <translation>关闭预览</translation>
    </message>
</context>
<context>
    <name>PanelMenu</name>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation>在浏览器中打开…</translation>
    </message>
    <message>
        <source>Versions…</source>
        <translation>版本…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Phone, 390 × 844</source>
        <translation>手机，390 × 844</translation>
    </message>
    <message>
        <source>Tablet, 768 × 1024</source>
        <translation>平板，768 × 1024</translation>
    </message>
    <message>
        <source>Desktop, 1280 × 800</source>
        <translation>桌面，1280 × 800</translation>
    </message>
    <message>
        <source>Copy picture of page</source>
        <translation>复制页面截图</translation>
    </message>
    <message>
        <source>Save picture of page…</source>
        <translation>保存页面截图…</translation>
    </message>
    <message>
        <source>Clear saved page data</source>
        <translation>清除它保存的内容</translation>
    </message>
    <message>
        <source>Back to side panel</source>
        <translation>放回侧边面板</translation>
    </message>
    <message>
        <source>Open in separate window</source>
        <translation>在单独的窗口中打开</translation>
    </message>
    <message>
        <source>Fit to panel</source>
        <translation>与面板一样大</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>横向</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Actual size (now {percent})</source>
        <translation>原始大小（现为 {percent}）</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>From the preset “{preset}”</source>
        <translation>来自预设“{preset}”</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>重置{name}</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>As set for this model on the Models page</source>
        <translation>来自“模型”页为此模型的设置</translation>
    </message>
    <message>
        <source>Not supported by {server}</source>
        <translation>{server} 不支持此参数，不会发送</translation>
    </message>
    <message>
        <source>Recommended by the model&apos;s developer</source>
        <translation>按模型作者的建议</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Lower values are more factual, higher values more creative</source>
        <translation>低：重事实；高：重创意</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Sample only from the most likely tokens whose probabilities add up to this value</source>
        <translation>只考虑累计概率达到此比例的词</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top K</translation>
    </message>
    <message>
        <source>Sample only from this many of the most likely tokens; 0 means all</source>
        <translation>只考虑概率最高的若干个词；0 表示不限</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min P</translation>
    </message>
    <message>
        <source>Ignore tokens less likely than this fraction of the most likely one</source>
        <translation>忽略概率低于最高者此比例的词</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Values above 1 reduce repetition; 1 means no penalty</source>
        <translation>大于 1 时减少重复；1 表示不惩罚</translation>
    </message>
    <message>
        <source>The same seed reproduces the same answer</source>
        <translation>相同的数字会得到相同的回答</translation>
    </message>
    <message>
        <source>Max. answer length (tokens)</source>
        <translation>最大回答长度（token）</translation>
    </message>
    <message>
        <source>Maximum number of tokens in an answer</source>
        <translation>以 token 计</translation>
    </message>
    <message>
        <source>Context window in tokens; a larger one uses more memory</source>
        <translation>模型一次能读的 token 数；越大越占内存</translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation>停止序列</translation>
    </message>
    <message>
        <source>Texts that end the answer, separated by commas; use \n for a new line</source>
        <translation>出现这些文字时停止回答，以逗号分隔；\n 表示换行</translation>
    </message>
    <message>
        <source>Keep loaded</source>
        <translation>保持加载</translation>
    </message>
    <message>
        <source>How long after an answer: 10m, 1h30m, 0, or -1 (indefinitely)</source>
        <translation>回答之后：10m、1h30m、0 或 -1（一直保留）</translation>
    </message>
    <message>
        <source>json or a JSON schema</source>
        <translation>json，或一个 JSON Schema</translation>
    </message>
    <message>
        <source>Enter a whole number from {least} to {most}.</source>
        <translation>请输入 {least} 到 {most} 之间的整数。</translation>
    </message>
    <message>
        <source>Enter a number from {least} to {most}.</source>
        <translation>请输入 {least} 到 {most} 之间的数。</translation>
    </message>
    <message>
        <source>Enter a time such as 10m or 1h30m, 0, or -1 (indefinitely).</source>
        <translation>请输入时间，例如 10m 或 1h30m，也可以是 0 或 -1（一直保留）。</translation>
    </message>
    <message>
        <source>Enter json, or a JSON schema in braces.</source>
        <translation>请输入 json，或用花括号写的 JSON Schema。</translation>
    </message>
    <message>
        <source>Enter at most 16 texts of up to 200 characters.</source>
        <translation>最多输入 16 段文本，每段不超过 200 个字符。</translation>
    </message>
</context>
<context>
    <name>PassphraseForm</name>
    <message>
        <source>The passphrase that was chosen on the first computer.</source>
        <translation>在第一台电脑上设定的密码短语。</translation>
    </message>
    <message>
        <source>If the system keyring is locked or missing, you also need it after each start of Chatdesk.</source>
        <translation>系统密钥环不可用或已锁定时，每次启动 Chatdesk 后也需要输入它。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
</context>
<context>
    <name>PassphraseSheet</name>
    <message numerus="yes">
        <source>Use at least %n character(s).</source>
        <translation>
            <numerusform>请至少使用 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>The passphrases do not match.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Protecting…</source>
        <translation>正在保护…</translation>
    </message>
    <message>
        <source>Protect backups</source>
        <translation>保护备份</translation>
    </message>
    <message>
        <source>Protect backups with a passphrase</source>
        <translation>用密码短语保护备份</translation>
    </message>
    <message>
        <source>From now on, backups open only with this passphrase, also on another computer. It cannot be recovered: write it down, or keep it in a password manager. Backups made before stay as they are.</source>
        <translation>从现在起，备份只能用此密码短语打开，在其他电脑上也是如此。它无法找回：请写下来，或保存在密码管理器中。之前的备份保持不变。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>Repeat passphrase</source>
        <translation>再次输入密码短语</translation>
    </message>
    <message>
        <source>Suggest one</source>
        <translation>生成一个</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change passphrase</source>
        <translation>更改密码短语</translation>
    </message>
    <message>
        <source>Change the passphrase of backups</source>
        <translation>更改备份的密码短语</translation>
    </message>
    <message>
        <source>New backups open only with the new passphrase. It cannot be recovered: write it down, or keep it in a password manager. Backups made before still need the earlier one, so keep that, too.</source>
        <translation>新的备份只能用新的密码短语打开。它无法找回：请写下来，或保存在密码管理器中。之前的备份仍需用原来的密码短语打开，因此请一并保留。</translation>
    </message>
</context>
<context>
    <name>PasswordPopup</name>
    <message>
        <source>This password is wrong.</source>
        <translation>密码不正确。</translation>
    </message>
    <message>
        <source>Password of a document</source>
        <translation>文档密码</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>{name} 的密码</translation>
    </message>
    <message>
        <source>The password is not kept. The chat stores the document without it.</source>
        <translation>密码不会被保存。对话中保存的是不需要密码的副本。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>PastedText</name>
    <message numerus="yes">
        <source>You pasted %n character(s).</source>
        <translation>
            <numerusform>你粘贴了 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>Turn into an attachment</source>
        <translation>转为附件</translation>
    </message>
    <message>
        <source>Keep as text</source>
        <translation>保留为文本</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>粘贴的文本</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一张图片</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一张图片</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place} 张，共 {count} 张</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>The picture was not saved</source>
        <translation>图片未能保存</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>From {host}</source>
        <translation>来自 {host}</translation>
    </message>
    <message>
        <source>Loading from {host}</source>
        <translation>正在从 {host} 加载</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>加载</translation>
    </message>
    <message>
        <source>Load from {host}</source>
        <translation>从 {host} 加载</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>The picture is damaged, incomplete, or too large.</source>
        <translation>图片已损坏、不完整或太大。</translation>
    </message>
    <message>
        <source>View picture</source>
        <translation>查看图片</translation>
    </message>
    <message>
        <source>Stop animation</source>
        <translation>停止动画</translation>
    </message>
    <message>
        <source>Play animation</source>
        <translation>播放动画</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Copy picture address</source>
        <translation>复制图片地址</translation>
    </message>
    <message>
        <source>Save picture as…</source>
        <translation>图片另存为…</translation>
    </message>
    <message>
        <source>Load all {count} pictures</source>
        <translation>加载全部 {count} 张图片</translation>
    </message>
    <message>
        <source>Loading picture…</source>
        <translation>图片正在传来。</translation>
    </message>
    <message>
        <source>Chatdesk only loads pictures from web addresses.</source>
        <translation>Chatdesk 只显示网址上的图片，没有读取任何内容。</translation>
    </message>
    <message>
        <source>SVG pictures can contain code, so they are not shown.</source>
        <translation>SVG 图片可能含有程序，因此不在这里显示。</translation>
    </message>
    <message>
        <source>The picture is too large to show.</source>
        <translation>图片太大，无法显示。</translation>
    </message>
    <message>
        <source>The picture file is missing or damaged.</source>
        <translation>图片文件已丢失或损坏。</translation>
    </message>
    <message>
        <source>The file is not a picture. The address may require you to sign in. Open it in your browser.</source>
        <translation>收到的不是图片。该地址可能需要登录，请在浏览器中打开。</translation>
    </message>
    <message>
        <source>The address is on your local network, so nothing was loaded. Copy the address to open it in your browser.</source>
        <translation>该地址在你自己的网络中，因此没有加载。可以复制地址，在浏览器中打开。</translation>
    </message>
    <message>
        <source>The picture has moved to {host}.</source>
        <translation>图片已移至 {host}。</translation>
    </message>
    <message>
        <source>The server did not provide the picture ({status}). It may have been removed.</source>
        <translation>服务器没有提供图片（{status}），图片可能已被删除。</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check your connection.</source>
        <translation>无法连接服务器，请检查网络。</translation>
    </message>
    <message>
        <source>The server did not respond in time.</source>
        <translation>服务器没有及时响应。</translation>
    </message>
    <message>
        <source>More than {count} pictures were received. The rest were discarded.</source>
        <translation>收到的图片超过 {count} 张，其余的没有保留。</translation>
    </message>
    <message>
        <source>The picture could not be saved. Free some disk space, then ask again.</source>
        <translation>图片无法保存。请腾出一些磁盘空间后重新提问。</translation>
    </message>
</context>
<context>
    <name>PresetActions</name>
    <message numerus="yes">
        <source>%n presets were deleted</source>
        <translation>
            <numerusform>已删除 %n 个预设</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name}（副本）</translation>
    </message>
    <message>
        <source>{name} was deleted</source>
        <translation>已删除“{name}”</translation>
    </message>
    <message>
        <source>{name} was reset to the built-in preset</source>
        <translation>“{name}”已恢复为内置版本</translation>
    </message>
</context>
<context>
    <name>PresetCategories</name>
    <message>
        <source>Translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>办公</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>写作</translation>
    </message>
    <message>
        <source>Coding</source>
        <translation>编程</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色与客服</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>Everyday</source>
        <translation>生活</translation>
    </message>
</context>
<context>
    <name>PresetColumn</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>分区</translation>
    </message>
    <message>
        <source>Change order</source>
        <translation>更改排序</translation>
    </message>
    <message>
        <source>Filter by tag</source>
        <translation>按标签查找</translation>
    </message>
    <message>
        <source>Card view</source>
        <translation>以卡片显示</translation>
    </message>
    <message>
        <source>List view</source>
        <translation>以列表显示</translation>
    </message>
</context>
<context>
    <name>PresetEditor</name>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>约 %n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Preview with these values</source>
        <translation>按以上取值预览</translation>
    </message>
    <message>
        <source>Opening message</source>
        <translation>开场消息</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>问候语</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>示例输入</translation>
    </message>
    <message>
        <source>Opening message, greeting and sample</source>
        <translation>开场消息、问候语和示例</translation>
    </message>
    <message>
        <source>Category, tags, model and settings</source>
        <translation>分类、标签、模型和设置</translation>
    </message>
    <message>
        <source>Sent as your first message. {{input}} stands for your text in the composer. Without it, your text is added at the end.</source>
        <translation>作为你的第一条消息发送。{{input}} 是你在输入框里写的内容；不写它，输入的内容就接在后面。</translation>
    </message>
    <message>
        <source>The assistant&apos;s first message in a new chat.</source>
        <translation>你开口之前，助手先说的话。</translation>
    </message>
    <message>
        <source>Example input for trying the preset.</source>
        <translation>用来试运行预设的输入。</translation>
    </message>
</context>
<context>
    <name>PresetFacts</name>
    <message>
        <source>Category</source>
        <translation>分类</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Separated by commas.</source>
        <translation>用逗号分隔。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答形式</translation>
    </message>
    <message>
        <source>Language of the prompt. Leave empty if it does not matter.</source>
        <translation>提示词的语言。留空表示不限。</translation>
    </message>
    <message>
        <source>Recommended models, best first. Use * as a wildcard: qwen3*</source>
        <translation>最适合的模型，最好的写在前面。* 代表任意字符，例如 qwen3*</translation>
    </message>
    <message>
        <source>Lower values are more factual, higher values more creative. Leave empty to use the default.</source>
        <translation>求准确用低值，求创意用高值。留空则由服务器决定。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top K</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min P</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重复惩罚</translation>
    </message>
    <message>
        <source>Values above 1 reduce repetition. 1 means no penalty.</source>
        <translation>1 表示不惩罚。</translation>
    </message>
    <message>
        <source>Max. answer length (tokens)</source>
        <translation>最大回答长度（token）</translation>
    </message>
    <message>
        <source>Maximum number of tokens in an answer.</source>
        <translation>单次回答的上限。</translation>
    </message>
    <message>
        <source>Context window in tokens. Ollama only.</source>
        <translation>模型可容纳的 token 数。仅用于 Ollama。</translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation>停止序列</translation>
    </message>
    <message>
        <source>Texts that end the answer, separated by commas. Use \n for a new line.</source>
        <translation>出现这些文字时停止回答，以逗号分隔。\n 表示换行。</translation>
    </message>
    <message>
        <source>Keep loaded</source>
        <translation>保持加载</translation>
    </message>
    <message>
        <source>How long after an answer: 10m, 1h30m, 0, or -1 (indefinitely). Ollama only.</source>
        <translation>回答之后：10m、1h30m、0 或 -1（一直保留）。仅用于 Ollama。</translation>
    </message>
    <message>
        <source>json or a JSON schema.</source>
        <translation>json，或一个 JSON Schema。</translation>
    </message>
    <message>
        <source>Send prompt as</source>
        <translation>提示词的发送方式</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
</context>
<context>
    <name>PresetList</name>
    <message>
        <source>Favourite</source>
        <translation>收藏</translation>
    </message>
</context>
<context>
    <name>PresetMenu</name>
    <message>
        <source>Another preset…</source>
        <translation>换一个预设…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Fill in or view prompt</source>
        <translation>填写或查看提示词</translation>
    </message>
    <message>
        <source>View prompt</source>
        <translation>查看提示词</translation>
    </message>
    <message>
        <source>Show in library</source>
        <translation>在预设库中查看</translation>
    </message>
    <message>
        <source>Save chat as preset…</source>
        <translation>将此对话存为预设…</translation>
    </message>
</context>
<context>
    <name>PresetModel</name>
    <message>
        <source>favourite</source>
        <translation>已收藏</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>未保存</translation>
    </message>
</context>
<context>
    <name>PresetPopup</name>
    <message>
        <source>No presets yet.</source>
        <translation>还没有预设。</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Search presets</source>
        <translation>搜索预设</translation>
    </message>
    <message>
        <source>All presets…</source>
        <translation>全部预设…</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>没有结果</translation>
    </message>
</context>
<context>
    <name>PresetPresenter</name>
    <message>
        <source>My preset</source>
        <translation>我的预设</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
</context>
<context>
    <name>PresetProblems</name>
    <message>
        <source>The file is too large for a preset.</source>
        <translation>文件太大，不能作为预设。</translation>
    </message>
    <message>
        <source>“{detail}” is too long, or has too many entries.</source>
        <translation>“{detail}”太长，或条目太多。</translation>
    </message>
    <message>
        <source>“{detail}” has a value of the wrong type.</source>
        <translation>“{detail}”的值类型不对。</translation>
    </message>
    <message>
        <source>The variable “{detail}” is declared twice.</source>
        <translation>变量“{detail}”声明了两次。</translation>
    </message>
    <message>
        <source>The file cannot be read: {detail}</source>
        <translation>无法读取文件：{detail}</translation>
    </message>
    <message>
        <source>Line {line}: {sentence}</source>
        <translation>第 {line} 行：{sentence}</translation>
    </message>
    <message>
        <source>The file is not valid UTF-8. Save it as UTF-8.</source>
        <translation>文件不是 UTF-8 文本，请另存为 UTF-8 编码。</translation>
    </message>
    <message>
        <source>The header is too long. Put long texts below it, after the second +++.</source>
        <translation>开头部分太长。长文本应放在第二个 +++ 之后。</translation>
    </message>
    <message>
        <source>The folder contains too many presets. Move presets that you do not need to another folder.</source>
        <translation>文件夹里的内容超出了 Chatdesk 的读取上限。请把不需要的预设移出去。</translation>
    </message>
    <message>
        <source>The header starts with +++ but does not end. Add a line with +++ below it.</source>
        <translation>文件头以 +++ 开始，却没有结束。请在它下面加一行 +++。</translation>
    </message>
    <message>
        <source>The header is not valid TOML: {detail}</source>
        <translation>文件头不是有效的 TOML：{detail}</translation>
    </message>
    <message>
        <source>The file needs a newer version of Chatdesk (schema {detail}).</source>
        <translation>它是为更新版本的 Chatdesk 编写的（格式版本 {detail}）。</translation>
    </message>
    <message>
        <source>“{detail}” has an invalid value.</source>
        <translation>“{detail}”不能取这个值。</translation>
    </message>
    <message>
        <source>A value is out of range. Allowed: {detail}</source>
        <translation>有一个值超出范围。允许的值：{detail}</translation>
    </message>
    <message>
        <source>“{detail}” is not a valid variable name. Use letters, digits, _ and -, starting with a letter. The name must be unique.</source>
        <translation>“{detail}”不能用作变量名：变量名以文字开头，只含文字、数字、_ 和 -，且不能与系统变量同名。</translation>
    </message>
    <message>
        <source>The preset needs a prompt, an opening message or a greeting.</source>
        <translation>没有提示词、开场消息或问候语，至少需要其中之一。</translation>
    </message>
    <message>
        <source>The file name contains invalid characters. Rename the file.</source>
        <translation>文件名里有不是文字的字节。请给它换个名字。</translation>
    </message>
</context>
<context>
    <name>PresetSharePresenter</name>
    <message>
        <source>Import presets</source>
        <translation>导入预设</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Archive of presets</source>
        <translation>预设压缩包</translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) imported</source>
        <translation>
            <numerusform>已导入 %n 个预设</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetStrip</name>
    <message>
        <source>about {count} tokens</source>
        <translation>约 {count} 个 token</translation>
    </message>
    <message>
        <source>Remove preset {name}</source>
        <translation>移除预设“{name}”</translation>
    </message>
    <message>
        <source>Hide prompt</source>
        <translation>收起提示词</translation>
    </message>
    <message>
        <source>Show prompt</source>
        <translation>查看提示词</translation>
    </message>
    <message>
        <source>The prompt that is sent, with all values filled in</source>
        <translation>填好之后，模型实际收到的内容</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>All presets</source>
        <translation>全部预设</translation>
    </message>
    <message>
        <source>Favourites</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Recently used</source>
        <translation>最近使用</translation>
    </message>
    <message>
        <source>Broken files</source>
        <translation>有误的文件</translation>
    </message>
    <message>
        <source>Most used</source>
        <translation>最常用</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>line</source>
        <translation>单行</translation>
    </message>
    <message>
        <source>long text</source>
        <translation>长文本</translation>
    </message>
    <message>
        <source>choice</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>date</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>是否</translation>
    </message>
    <message>
        <source>text of a file</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>selected text</source>
        <translation>选中的文字</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>剪贴板</translation>
    </message>
    <message>
        <source>Formatted text</source>
        <translation>带格式的文字</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>A page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>A table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>As a system message</source>
        <translation>作为系统消息</translation>
    </message>
    <message>
        <source>Before the first question</source>
        <translation>置于首条提问前</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>我的预设</translation>
    </message>
    <message>
        <source>Custom order</source>
        <translation>自定义顺序</translation>
    </message>
    <message>
        <source>your text in the composer</source>
        <translation>输入框中的内容</translation>
    </message>
    <message>
        <source>current date</source>
        <translation>今天的日期</translation>
    </message>
    <message>
        <source>current time</source>
        <translation>当前时间</translation>
    </message>
    <message>
        <source>locale code</source>
        <translation>语言与地区代码</translation>
    </message>
    <message>
        <source>model name</source>
        <translation>模型名称</translation>
    </message>
    <message>
        <source>language of the chat</source>
        <translation>对话语言</translation>
    </message>
    <message>
        <source>Recommended by the model&apos;s developer</source>
        <translation>按模型开发者的建议</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>极少</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Very high</source>
        <translation>很高</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最高</translation>
    </message>
    <message>
        <source>A preset over many texts</source>
        <translation>用一个预设处理多个文本</translation>
    </message>
    <message>
        <source>Text and translation side by side</source>
        <translation>原文与译文并排显示</translation>
    </message>
</context>
<context>
    <name>PreviewActions</name>
    <message>
        <source>Page</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 图片</translation>
    </message>
    <message>
        <source>ZIP archive</source>
        <translation>打包的各个文件</translation>
    </message>
</context>
<context>
    <name>PreviewErrors</name>
    <message>
        <source>{file}, line {line}</source>
        <translation>{file}，第 {line} 行</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 条</translation>
    </message>
    <message>
        <source>{file}, lines {first} to {last}:</source>
        <translation>{file}，第 {first} 到 {last} 行：</translation>
    </message>
    <message>
        <source>The page has these errors. Please fix them and give me the complete code again.</source>
        <translation>页面有以下错误。请修复，并重新给出完整代码。</translation>
    </message>
</context>
<context>
    <name>PreviewHost</name>
    <message>
        <source>Previews run only in a sandbox, which does not work for the system administrator (root). Start Chatdesk as a regular user.</source>
        <translation>生成的页面只在沙箱中运行，而系统管理员（root）无法使用沙箱。请以普通用户启动 Chatdesk。</translation>
    </message>
    <message>
        <source>Previews run only in a sandbox, which this system does not allow (unprivileged user namespaces are disabled).</source>
        <translation>生成的页面只在沙箱中运行，而本系统不允许程序创建沙箱（非特权用户命名空间已关闭）。</translation>
    </message>
    <message>
        <source>The Qt component for web pages (QtWebEngine) is missing or cannot be loaded.</source>
        <translation>Qt 显示网页的组件（QtWebEngine）不存在或无法加载。</translation>
    </message>
</context>
<context>
    <name>PreviewHostArea</name>
    <message>
        <source>Show the code</source>
        <translation>查看代码</translation>
    </message>
    <message>
        <source>Still being written</source>
        <translation>还在生成</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新运行</translation>
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation>在浏览器中打开…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>The preview cannot run here</source>
        <translation>预览无法在这里运行</translation>
    </message>
    <message>
        <source>You stopped the page</source>
        <translation>你停止了页面</translation>
    </message>
    <message>
        <source>The page opens here once the code is complete.</source>
        <translation>代码完成后，页面会在这里打开。</translation>
    </message>
    <message>
        <source>None of its code is running.</source>
        <translation>它已完全停止运行。</translation>
    </message>
    <message>
        <source>It did not respond for ten seconds, which can be caused by an endless loop.</source>
        <translation>它十秒没有响应，可能陷入了死循环。</translation>
    </message>
    <message>
        <source>The page was stopped</source>
        <translation>页面已被终止</translation>
    </message>
    <message>
        <source>It exceeded the memory limit for previews.</source>
        <translation>它使用的内存超出了上限。</translation>
    </message>
    <message>
        <source>It wrote too much to the console.</source>
        <translation>它在控制台的输出太多，窗口无法承受。</translation>
    </message>
    <message>
        <source>It repeatedly replaced itself with an empty page.</source>
        <translation>它多次将自己替换为空白页面。</translation>
    </message>
    <message>
        <source>It stopped unexpectedly. It may have run out of memory.</source>
        <translation>它自行中断，例如因为内存不足。</translation>
    </message>
    <message>
        <source>The page has stopped</source>
        <translation>页面已结束</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Preview of “{title}”</source>
        <translation>“{title}”的预览</translation>
    </message>
</context>
<context>
    <name>PreviewPresenter</name>
    <message>
        <source>Version {number} restored as the newest version</source>
        <translation>版本 {number} 已恢复为最新版本</translation>
    </message>
</context>
<context>
    <name>PreviewStep</name>
    <message>
        <source>{count} of {chats}</source>
        <translation>{chats}中的 {count} 个</translation>
    </message>
    <message>
        <source>Every version of an answer</source>
        <translation>回答的每个版本</translation>
    </message>
    <message>
        <source>Reasoning, models, dates</source>
        <translation>推理、模型、日期</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>问题与回答</translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n 个文件夹</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pinned chat(s)</source>
        <translation>
            <numerusform>%n 个置顶对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Included</source>
        <translation>会导入</translation>
    </message>
    <message>
        <source>Not included</source>
        <translation>不会导入</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>…… 还有 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are here already</source>
        <translation>
            <numerusform>%n 个已在这里</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in Recently deleted</source>
        <translation>
            <numerusform>%n 个在“最近删除”中</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose chats…</source>
        <translation>选择对话…</translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s)</source>
        <translation>
            <numerusform>%n 个预设</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s)</source>
        <translation>
            <numerusform>%n 个术语表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n provider(s), switched off</source>
        <translation>
            <numerusform>%n 个提供商，已停用</numerusform>
        </translation>
    </message>
    <message>
        <source>without their keys</source>
        <translation>不含密钥</translation>
    </message>
    <message numerus="yes">
        <source>Instructions for the model in %n chat(s)</source>
        <translation>
            <numerusform>%n 个对话中给模型的指令</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部显示</translation>
    </message>
    <message numerus="yes">
        <source>%n archived chat(s) in the folder “{folder}”</source>
        <translation>
            <numerusform>%n 个已归档对话，放入文件夹“{folder}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n project(s), numbered because the file has no names</source>
        <translation>
            <numerusform>%n 个项目，文件中没有名称，因此编号</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s), numbered because the file has no names</source>
        <translation>
            <numerusform>%n 个文件夹，文件中没有名称，因此编号</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptEdit</name>
    <message>
        <source>This text is too long to paste here. Add it to the preset&apos;s file instead.</source>
        <translation>内容太长，无法粘贴到这里。请直接写入预设的文件。</translation>
    </message>
</context>
<context>
    <name>PromptHints</name>
    <message>
        <source>“{section}” is empty.</source>
        <translation>“{section}”是空的。</translation>
    </message>
    <message>
        <source>The prompt is very long. Models with a small context may forget part of it.</source>
        <translation>提示词很长。上下文较小的模型可能会忘掉一部分。</translation>
    </message>
    <message>
        <source>“{section}” occurs twice.</source>
        <translation>“{section}”出现了两次。</translation>
    </message>
    <message>
        <source>“{section}” has no steps. Write one step per line.</source>
        <translation>“{section}”没有分步。请每行写一步。</translation>
    </message>
    <message>
        <source>The prompt asks for answers in two languages: {name}, and here {other}.</source>
        <translation>要求用两种语言回答：前面是“{name}”，这里是“{other}”。</translation>
    </message>
    <message>
        <source>The variable “{name}” is not declared. Did you mean “{other}”?</source>
        <translation>变量“{name}”没有声明，是不是想写“{other}”？</translation>
    </message>
    <message>
        <source>The variable “{name}” is not used.</source>
        <translation>变量“{name}”没有用到。</translation>
    </message>
    <message>
        <source>“{name}” is required, but is not used.</source>
        <translation>“{name}”是必填项，却没有用到。</translation>
    </message>
    <message>
        <source>“{name}” is a choice variable without choices.</source>
        <translation>“{name}”是选项变量，却没有选项。</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>variable</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Insert variable</source>
        <translation>插入变量</translation>
    </message>
    <message>
        <source>New variable</source>
        <translation>新变量</translation>
    </message>
    <message>
        <source>Edit as sections</source>
        <translation>按章节编写</translation>
    </message>
    <message>
        <source># Role
You are …

# Task
…</source>
        <translation># 角色
你是……

# 任务
……</translation>
    </message>
</context>
<context>
    <name>PromptPreview</name>
    <message>
        <source>The prompt as it will be sent</source>
        <translation>将要发送的提示词</translation>
    </message>
</context>
<context>
    <name>PromptSections</name>
    <message>
        <source>Opening</source>
        <translation>开头</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>简介</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message>
        <source>Constraints</source>
        <translation>约束</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Reminder</source>
        <translation>提醒</translation>
    </message>
    <message>
        <source>Workflow</source>
        <translation>工作流程</translation>
    </message>
    <message>
        <source>Output format</source>
        <translation>输出格式</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Initialization</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>Author, version, language, a description</source>
        <translation>作者、版本、语言、描述</translation>
    </message>
    <message>
        <source>What the answer should achieve</source>
        <translation>回答要达到什么目的</translation>
    </message>
    <message>
        <source>What the role knows and can do</source>
        <translation>这个角色懂什么、会什么</translation>
    </message>
    <message>
        <source>Text before the first heading</source>
        <translation>第一个标题之前的内容</translation>
    </message>
    <message>
        <source>Who the assistant is, and its expertise</source>
        <translation>由谁来回答，有何专长</translation>
    </message>
    <message>
        <source>Background information: audience, purpose, where it is used</source>
        <translation>需要了解的情况：给谁看、为什么、用在哪里</translation>
    </message>
    <message>
        <source>What to avoid</source>
        <translation>不能做什么</translation>
    </message>
    <message>
        <source>Rules for every answer</source>
        <translation>每次回答都要遵守什么</translation>
    </message>
    <message>
        <source>Commands such as /help</source>
        <translation>触发某个动作的词，例如 /help</translation>
    </message>
    <message>
        <source>Tools that can be used</source>
        <translation>可以使用什么</translation>
    </message>
    <message>
        <source>What to remember in a long chat</source>
        <translation>长对话中不能忘记什么</translation>
    </message>
    <message>
        <source>The steps, one per line</source>
        <translation>步骤，每行一步</translation>
    </message>
    <message>
        <source>Form, length and language of the answer</source>
        <translation>回答的样子：形式、长度、语言</translation>
    </message>
    <message>
        <source>A sample question and its answer</source>
        <translation>一个问题及其回答</translation>
    </message>
    <message>
        <source>The text to work on, often a variable</source>
        <translation>提示词处理的内容，通常是一个变量</translation>
    </message>
    <message>
        <source>How the chat starts</source>
        <translation>对话如何开始</translation>
    </message>
</context>
<context>
    <name>ProvidersTab</name>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
</context>
<context>
    <name>ProvidersView</name>
    <message>
        <source>My provider</source>
        <translation>我的提供商</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>API keys are never written to Chatdesk&apos;s files, and each is sent only to its own provider.</source>
        <translation>密钥不会写入 Chatdesk 的任何文件，并且只发给对应的提供商。</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>全部提供商</translation>
    </message>
</context>
<context>
    <name>ProxyRow</name>
    <message>
        <source>Proxy</source>
        <translation>代理</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>System proxy</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>指定</translation>
    </message>
    <message>
        <source>Proxy address</source>
        <translation>代理地址</translation>
    </message>
    <message>
        <source>Password (kept until you quit)</source>
        <translation>密码：本次运行有效</translation>
    </message>
    <message>
        <source>Password (saved)</source>
        <translation>密码：已保存</translation>
    </message>
    <message>
        <source>Proxy user name</source>
        <translation>代理的用户名</translation>
    </message>
    <message>
        <source>Proxy password</source>
        <translation>代理的密码</translation>
    </message>
</context>
<context>
    <name>PullPresenter</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} 已就绪。</translation>
    </message>
    <message>
        <source>Chat with it</source>
        <translation>开始对话</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <translation>
            <numerusform>%n 个下载</numerusform>
        </translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Downloads resumed</source>
        <translation>下载继续进行</translation>
    </message>
    <message>
        <source>Download of {model} cancelled.</source>
        <translation>已取消下载 {model}。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>{model}: {percent}% downloaded</source>
        <translation>{model}：已下载 {percent}%</translation>
    </message>
</context>
<context>
    <name>PullRow</name>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>下载 {model}</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>From {host}</source>
        <translation>来自 {host}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Ollama is not responding.</source>
        <translation>Ollama 没有响应。</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Chat with {model}</source>
        <translation>与 {model} 对话</translation>
    </message>
    <message>
        <source>Pause download of {model}</source>
        <translation>暂停下载 {model}</translation>
    </message>
    <message>
        <source>Resume download of {model}</source>
        <translation>继续下载 {model}</translation>
    </message>
    <message>
        <source>Remove {model} from the list</source>
        <translation>从列表中移除 {model}</translation>
    </message>
    <message>
        <source>Cancel download of {model}</source>
        <translation>取消下载 {model}</translation>
    </message>
    <message>
        <source>Download anyway</source>
        <translation>仍然下载</translation>
    </message>
    <message>
        <source>Remove and download again</source>
        <translation>删除并重新下载</translation>
    </message>
    <message>
        <source>Slow? Try {hub}</source>
        <translation>太慢？换用 {hub}</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
</context>
<context>
    <name>QShortcut</name>
    <message>
        <source>Up</source>
        <translation>↑</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>↓</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>←</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>→</translation>
    </message>
</context>
<context>
    <name>QueueRow</name>
    <message>
        <source>Queued</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Edit the queued message</source>
        <translation>编辑排队的消息</translation>
    </message>
    <message>
        <source>Remove the queued message</source>
        <translation>移除排队的消息</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n 个附件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickFooter</name>
    <message>
        <source>New question</source>
        <translation>新问题</translation>
    </message>
    <message>
        <source>Open as chat</source>
        <translation>作为对话打开</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Saved in “{folder}”</source>
        <translation>已存入“{folder}”</translation>
    </message>
</context>
<context>
    <name>QuickHeader</name>
    <message>
        <source>Quick question</source>
        <translation>快速提问</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>预设：{name}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Remove preset {name}</source>
        <translation>移除预设“{name}”</translation>
    </message>
</context>
<context>
    <name>QuickPage</name>
    <message>
        <source>Use clipboard</source>
        <translation>使用剪贴板</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>按 Esc 关闭</translation>
    </message>
    <message>
        <source>Add the text or picture on the clipboard. The clipboard is read only when you choose this.</source>
        <translation>带上剪贴板中的文字或图片。点击时才会读取。</translation>
    </message>
</context>
<context>
    <name>QuickPresenter</name>
    <message>
        <source>Answer copied to the clipboard</source>
        <translation>回答已复制到剪贴板</translation>
    </message>
    <message>
        <source>The clipboard contains no text, picture or file</source>
        <translation>剪贴板中没有文字、图片或文件</translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message>
        <source>Quick question</source>
        <translation>快速提问</translation>
    </message>
</context>
<context>
    <name>ReadingPreview</name>
    <message>
        <source>Compound interest grows on itself: each month, interest is paid on the interest of the month before.</source>
        <translation>Compound interest 即复利：每个月的利息都会计入本金，下个月再一起计息。</translation>
    </message>
</context>
<context>
    <name>ReadingStep</name>
    <message>
        <source>Reading {name}…</source>
        <translation>正在读取 {name}…</translation>
    </message>
</context>
<context>
    <name>ReadingStrip</name>
    <message>
        <source>Reading files, {read} of {count}</source>
        <translation>正在读取文件，{read}/{count}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>ReadyStrip</name>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} 已就绪。</translation>
    </message>
    <message>
        <source>It writes better than the small model.</source>
        <translation>它比小模型写得更好。</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Answer the last question with this model, beside the old answer</source>
        <translation>用这个模型再次回答上一个问题，并保留原回答</translation>
    </message>
    <message>
        <source>Use it here</source>
        <translation>在此使用</translation>
    </message>
    <message>
        <source>Use {model} in this chat</source>
        <translation>在此对话中使用 {model}</translation>
    </message>
    <message>
        <source>Keep the current model</source>
        <translation>保留当前模型</translation>
    </message>
</context>
<context>
    <name>RecoveryTexts</name>
    <message>
        <source>Verified</source>
        <translation>已验证</translation>
    </message>
    <message>
        <source>The damaged file</source>
        <translation>损坏的文件</translation>
    </message>
    <message>
        <source>Start without chats</source>
        <translation>不带对话，重新开始</translation>
    </message>
    <message>
        <source>Start empty</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在文件夹中显示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Starting without chats…</source>
        <translation>正在创建空白的对话记录…</translation>
    </message>
    <message>
        <source>Nothing has been overwritten.</source>
        <translation>没有覆盖任何内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Use</source>
        <comment>a copy</comment>
        <translation>使用</translation>
    </message>
    <message>
        <source>Settings and providers are kept</source>
        <translation>设置和提供商保持不变</translation>
    </message>
    <message>
        <source>Your files are in {folder}</source>
        <translation>文件位于 {folder}</translation>
    </message>
    <message>
        <source>Today, {time}</source>
        <translation>今天 {time}</translation>
    </message>
    <message>
        <source>Yesterday, {time}</source>
        <translation>昨天 {time}</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} {time}</translation>
    </message>
    <message>
        <source>Recover what can be read</source>
        <translation>保存能读出的内容</translation>
    </message>
    <message>
        <source>What happened?</source>
        <translation>出了什么问题？</translation>
    </message>
    <message>
        <source>Recovering chats…</source>
        <translation>正在保存能读出的内容…</translation>
    </message>
    <message>
        <source>Restoring the backup…</source>
        <translation>正在恢复备份…</translation>
    </message>
    <message>
        <source>No chats could be recovered.</source>
        <translation>这个文件里已读不出任何内容。</translation>
    </message>
    <message>
        <source>Install the newer version to open them. If you choose another option, they are kept in the folder under another name.</source>
        <translation>请安装较新的版本来打开它们。如果选择其他方式，原文件会改名保留在文件夹中。</translation>
    </message>
    <message>
        <source>Your chats are unchanged. Close the other program, then try again.</source>
        <translation>对话没有任何改动。请先关闭另一个程序，然后重试。</translation>
    </message>
    <message>
        <source>Your chats are unchanged. Free some disk space, then try again.</source>
        <translation>对话没有任何改动。请先腾出一些磁盘空间，然后重试。</translation>
    </message>
    <message>
        <source>A usable backup was found: {moment}.</source>
        <translation>旁边有一份完好的备份：{moment}。</translation>
    </message>
    <message>
        <source>Looking for a backup…</source>
        <translation>正在查找完好的备份…</translation>
    </message>
    <message>
        <source>No usable backup was found.</source>
        <translation>没有找到完好的备份。</translation>
    </message>
    <message>
        <source>newest chat: {title}</source>
        <translation>最新：{title}</translation>
    </message>
    <message>
        <source>Restore this backup</source>
        <translation>使用此备份</translation>
    </message>
    <message>
        <source>Recovers chats from the file, and takes what cannot be read from the backup</source>
        <translation>读取整个文件，读不出的部分用备份补上</translation>
    </message>
    <message>
        <source>Recovers chats from the file; what cannot be read is lost</source>
        <translation>读取整个文件，读不出的部分无法补上</translation>
    </message>
    <message>
        <source>The damaged file is kept in the same folder under another name</source>
        <translation>损坏的文件留在原处，只是改名</translation>
    </message>
    <message>
        <source>The newer file is kept in the same folder under another name</source>
        <translation>较新的文件留在原处，只是改名</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>恢复</translation>
    </message>
</context>
<context>
    <name>RestoreSheet</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message>
        <source>already here</source>
        <translation>已存在</translation>
    </message>
    <message>
        <source>All of it is here already</source>
        <translation>全部已存在</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) restored</source>
        <translation>
            <numerusform>已恢复 %n 个对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) missing</source>
        <translation>
            <numerusform>缺少 %n 个附件</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore from {time}</source>
        <translation>从 {time} 恢复</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Replace all chats</source>
        <translation>替换所有对话</translation>
    </message>
    <message numerus="yes">
        <source>Restore %n chat(s)</source>
        <translation>
            <numerusform>恢复 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Opening the backup…</source>
        <translation>正在打开备份…</translation>
    </message>
    <message>
        <source>This backup is protected. Enter the passphrase that was set when it was made.</source>
        <translation>此备份受保护。请输入创建时设置的密码短语。</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>正在恢复…</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>All current chats are replaced by the {chats} of this backup. The current ones are kept in the data folder, in a file named “chats-set-aside-…”. The window closes for a moment, and running answers are stopped.</source>
        <translation>所有当前对话将被此备份中的 {chats}替换。当前对话会保留在数据文件夹中名称含“set-aside”的文件里。窗口会短暂关闭，正在生成的回答会停止。</translation>
    </message>
    <message>
        <source>Sync with other computers is on: the chats in the shared folder are added again. Stop it first to have only those of the backup.</source>
        <translation>与其他电脑的同步已开启：共享文件夹中的对话会再次添加。如果只想保留备份中的对话，请先停止同步。</translation>
    </message>
    <message>
        <source>Missing chats are restored as they were. Existing chats get back messages that are missing, and keep all others.</source>
        <translation>已不在此处的对话会按原样恢复。仍在此处的对话会补回缺少的消息，其余内容保持不变。</translation>
    </message>
    <message>
        <source>The presets and glossaries of this backup are damaged. An older backup may have them.</source>
        <translation>此备份中的预设和术语表已损坏。更早的备份中可能还有。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>Next to the current chats</source>
        <translation>与当前对话并存</translation>
    </message>
    <message>
        <source>Instead of the current chats</source>
        <translation>替换当前对话</translation>
    </message>
    <message>
        <source>How to restore</source>
        <translation>恢复方式</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) and glossaries restored</source>
        <translation>
            <numerusform>已恢复 %n 个预设和术语表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also %n preset(s) and glossaries that are missing here</source>
        <translation>
            <numerusform>同时恢复此处缺少的 %n 个预设和术语表</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultStrip</name>
    <message>
        <source>Test again</source>
        <translation>重新测试</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>More</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Use {address}</source>
        <translation>改用 {address}</translation>
    </message>
    <message>
        <source>Testing the server, {seconds} s</source>
        <translation>正在询问服务器，{seconds} 秒</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>查找原因</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>The test sends no message and costs nothing, and it detects a wrong API key.</source>
        <translation>测试不发送消息，不产生费用，并能发现错误的密钥。</translation>
    </message>
</context>
<context>
    <name>RowButtons</name>
    <message>
        <source>Restore {name}</source>
        <translation>恢复 {name}</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Permanently delete {name}</source>
        <translation>永久删除 {name}</translation>
    </message>
    <message>
        <source>Delete permanently</source>
        <translation>永久删除</translation>
    </message>
</context>
<context>
    <name>RowView</name>
    <message>
        <source>Source, row {number}</source>
        <translation>原文，第 {number} 行</translation>
    </message>
    <message>
        <source>Translation, row {number}</source>
        <translation>译文，第 {number} 行</translation>
    </message>
</context>
<context>
    <name>RunnerCard</name>
    <message>
        <source>Start it</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Get Ollama</source>
        <translation>获取 Ollama</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>查找原因</translation>
    </message>
    <message>
        <source>Details of {name}</source>
        <translation>{name} 的详情</translation>
    </message>
</context>
<context>
    <name>Runners</name>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>有问题</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>已安装</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>未安装</translation>
    </message>
    <message>
        <source>Not needed: the built-in engine runs models without it.</source>
        <translation>不是必需的：内置引擎无需它即可运行模型。</translation>
    </message>
    <message>
        <source>What runs them</source>
        <translation>运行程序</translation>
    </message>
    <message>
        <source>Servers elsewhere and keys are under Providers.</source>
        <translation>其他地方的服务器和密钥在“提供商”中。</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Discard</source>
        <translation>放弃更改</translation>
    </message>
</context>
<context>
    <name>ScopeCard</name>
    <message>
        <source>How should it answer?</source>
        <translation>它应如何回答？</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>所有对话</translation>
    </message>
    <message>
        <source>Folder · {name}</source>
        <translation>文件夹 · {name}</translation>
    </message>
    <message>
        <source>Model · {name}</source>
        <translation>模型 · {name}</translation>
    </message>
    <message>
        <source>Preset · {name}</source>
        <translation>预设 · {name}</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>此对话</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Use the new version</source>
        <translation>使用新版本</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Name such as qwen3:14b, a model page address, or a terminal command</source>
        <translation>名称（如 qwen3:14b）、模型页面地址或终端命令</translation>
    </message>
    <message>
        <source>Ollama&apos;s library cannot be searched. {host} is asked for the model with this name.</source>
        <translation>Ollama 的模型库不支持搜索，会向 {host} 查询这个名称的模型。</translation>
    </message>
    <message>
        <source>Search {host}, such as “coder 7b”</source>
        <translation>搜索 {host}，例如“coder 7b”</translation>
    </message>
    <message>
        <source>What you type here goes to {host}, and nowhere else.</source>
        <translation>你在这里输入的内容只会发送给 {host}。</translation>
    </message>
    <message>
        <source>Model source to search</source>
        <translation>要搜索的模型来源</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear search</source>
        <translation>清除搜索</translation>
    </message>
</context>
<context>
    <name>SectionButtons</name>
    <message>
        <source>Move “{section}” up</source>
        <translation>上移“{section}”</translation>
    </message>
    <message>
        <source>Move “{section}” down</source>
        <translation>下移“{section}”</translation>
    </message>
    <message>
        <source>Remove “{section}”</source>
        <translation>移除“{section}”</translation>
    </message>
</context>
<context>
    <name>SectionChooser</name>
    <message>
        <source>Enter numbers from 1 to {count}, such as 1-4, 7.</source>
        <translation>请输入 1 到 {count} 之间的数字，例如 1-4, 7。</translation>
    </message>
    <message>
        <source>Pages to send</source>
        <translation>随问题发送的页</translation>
    </message>
    <message>
        <source>Sheets to send</source>
        <translation>随问题发送的工作表</translation>
    </message>
    <message>
        <source>Slides to send</source>
        <translation>随问题发送的幻灯片</translation>
    </message>
    <message>
        <source>Chapters to send</source>
        <translation>随问题发送的章节</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Files to send</source>
        <translation>一同发送的文件</translation>
    </message>
</context>
<context>
    <name>SectionList</name>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Back to chats</source>
        <translation>返回对话</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>Model defaults</source>
        <translation>模型默认值</translation>
    </message>
    <message>
        <source>default model, system prompt, custom instructions, instructions for all chats</source>
        <translation>默认模型, 系统提示词, 自定义指令, 所有对话的指令</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>键盘</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>backup, back up, restore, WebDAV, passphrase, encrypt, storage, disk space, data folder, location of the chats, move data, diagnostics, bug report</source>
        <translation>备份，恢复，WebDAV，密码短语，加密，存储，磁盘空间，数据文件夹，对话位置，移动数据，诊断，错误报告</translation>
    </message>
    <message>
        <source>messages, answers, reasoning, code</source>
        <translation>消息，回答，推理，代码</translation>
    </message>
    <message>
        <source>llama.cpp, GGUF, local model, model files, log, unload</source>
        <translation>本地模型，模型文件，日志，卸载</translation>
    </message>
    <message>
        <source>version, licence, help, about Chatdesk, log, report a problem</source>
        <translation>版本，许可证，帮助，关于 Chatdesk，日志，反馈问题</translation>
    </message>
    <message>
        <source>servers, API key, endpoint, base URL, address, connect, add a provider, OpenAI, DeepSeek, Ollama, proxy of a server</source>
        <translation>服务器，API 密钥，接口地址，地址，连接，添加服务商，服务器的代理</translation>
    </message>
    <message>
        <source>network, language</source>
        <translation>网络，语言</translation>
    </message>
    <message>
        <source>look, design, colours, fonts, display</source>
        <translation>界面，颜色，字体，显示</translation>
    </message>
    <message>
        <source>keyboard shortcuts, hotkeys, key bindings, change shortcuts</source>
        <translation>快捷键, 热键, 键盘快捷方式, 更改快捷键, 自定义快捷键</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型来源</translation>
    </message>
    <message>
        <source>Hugging Face, ModelScope, mirror, token, download models, hub</source>
        <translation>Hugging Face, ModelScope, 魔搭, 镜像, 令牌, 下载模型, 模型库</translation>
    </message>
</context>
<context>
    <name>SectionMenu</name>
    <message>
        <source>Custom section</source>
        <translation>自定义部分</translation>
    </message>
</context>
<context>
    <name>SectionRow</name>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Custom section</source>
        <translation>自定义部分</translation>
    </message>
    <message>
        <source>Role name</source>
        <translation>角色名称</translation>
    </message>
    <message>
        <source>Role name, such as Travel planner</source>
        <translation>角色名称，例如“旅行规划师”</translation>
    </message>
</context>
<context>
    <name>SectionUndo</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>SentStrip</name>
    <message>
        <source>Will be sent:</source>
        <translation>随问题发送：</translation>
    </message>
    <message>
        <source>Sent:</source>
        <translation>已随问题发送：</translation>
    </message>
    <message>
        <source>{pages} as pictures</source>
        <translation>{pages}，以图像发送</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Ask again with other parts…</source>
        <translation>换其他部分重新提问…</translation>
    </message>
    <message>
        <source>Ask again…</source>
        <translation>重新提问…</translation>
    </message>
    <message numerus="yes">
        <source>{passages}, on %n page(s)</source>
        <translation>
            <numerusform>{passages}，分布在 %n 页</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServerActions</name>
    <message>
        <source>Copy…</source>
        <translation>复制…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete ({size})</source>
        <translation>删除（{size}）</translation>
    </message>
    <message>
        <source>Keep loaded for…</source>
        <translation>保持加载…</translation>
    </message>
    <message>
        <source>Load and keep loaded for…</source>
        <translation>加载并保持…</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Create variant…</source>
        <translation>创建变体…</translation>
    </message>
    <message>
        <source>Download model…</source>
        <translation>获取模型…</translation>
    </message>
    <message>
        <source>Create model from GGUF file…</source>
        <translation>用 GGUF 文件创建模型…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Choose a provider</source>
        <translation>选择提供商</translation>
    </message>
    <message>
        <source>Enter its address</source>
        <translation>输入地址</translation>
    </message>
    <message>
        <source>Create an API key</source>
        <translation>创建 API 密钥</translation>
    </message>
    <message>
        <source>Paste the API key</source>
        <translation>粘贴 API 密钥</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>编辑连接</translation>
    </message>
    <message>
        <source>Add another</source>
        <translation>再添加一个</translation>
    </message>
</context>
<context>
    <name>ServerHeader</name>
    <message>
        <source>Use {server}</source>
        <translation>使用 {server}</translation>
    </message>
    <message>
        <source>Remove {server}</source>
        <translation>移除 {server}</translation>
    </message>
</context>
<context>
    <name>ServerPane</name>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The server lists no models.</source>
        <translation>它没有列出任何模型。</translation>
    </message>
</context>
<context>
    <name>ServerSheet</name>
    <message>
        <source>Connecting…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Back up to a WebDAV server</source>
        <translation>备份到 WebDAV 服务器</translation>
    </message>
    <message>
        <source>The folder for backups, as the server names it for WebDAV.</source>
        <translation>存放备份的文件夹，即服务器的 WebDAV 地址。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Servers</name>
    <message>
        <source>{name} · {facts}</source>
        <translation>{name} · {facts}</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Check the address and your connection.</source>
        <translation>请检查地址和网络连接。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>Not working</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>内置引擎</translation>
    </message>
    <message>
        <source>starts when a chat needs it</source>
        <translation>对话需要时启动</translation>
    </message>
    <message>
        <source>needs the network</source>
        <translation>需要联网</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>1 model</source>
        <translation>1 个模型</translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation>{count} 个模型</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} 毫秒</translation>
    </message>
    <message>
        <source>{size} on disk</source>
        <translation>占用磁盘 {size}</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>用户名和密码</translation>
    </message>
    <message>
        <source>Use an https address, or allow sending the key above.</source>
        <translation>请改用 https 地址，或在上方允许发送。</translation>
    </message>
    <message>
        <source>API key required</source>
        <translation>需要密钥</translation>
    </message>
    <message>
        <source>Start the server, or check the address.</source>
        <translation>请启动它，或检查地址。</translation>
    </message>
    <message>
        <source>OpenAI-compatible</source>
        <translation>兼容 OpenAI</translation>
    </message>
    <message>
        <source>OK: the engine and its model are available.</source>
        <translation>可用：引擎和模型都已就位。</translation>
    </message>
    <message>
        <source>OK: {facts}</source>
        <translation>可用：{facts}</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>API key rejected</source>
        <translation>密钥无效</translation>
    </message>
    <message>
        <source>Loading model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>API key not sent</source>
        <translation>密钥未发送</translation>
    </message>
    <message>
        <source>Replace API key</source>
        <translation>更换密钥</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>App API key</source>
        <translation>应用密钥</translation>
    </message>
    <message>
        <source>The chat URL of the workflow&apos;s Chat Trigger. Make it publicly available, and turn on the workflow.</source>
        <translation>工作流中 Chat Trigger 的 Chat URL。请将其设为公开，并启用工作流。</translation>
    </message>
    <message>
        <source>If it is a chat server, choose its type under More.</source>
        <translation>如果它是聊天服务器，请在“更多”中选择其类型。</translation>
    </message>
    <message>
        <source>On this network</source>
        <translation>本机和局域网</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Vendors</source>
        <translation>服务商</translation>
    </message>
    <message>
        <source>{server} requires an API key.</source>
        <translation>{server} 需要 API 密钥。</translation>
    </message>
    <message>
        <source>Paste it above.</source>
        <translation>请在上方粘贴。</translation>
    </message>
</context>
<context>
    <name>SetUpForm</name>
    <message numerus="yes">
        <source>Use at least %n character(s).</source>
        <translation>
            <numerusform>请至少使用 %n 个字符。</numerusform>
        </translation>
    </message>
    <message>
        <source>The passphrases do not match.</source>
        <translation>两次输入不一致。</translation>
    </message>
    <message>
        <source>Folder that all computers can see</source>
        <translation>所有电脑都能访问的文件夹</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密码短语</translation>
    </message>
    <message>
        <source>The passphrase that was chosen on the first computer.</source>
        <translation>在第一台电脑上设定的密码短语。</translation>
    </message>
    <message>
        <source>It cannot be recovered. You need it on every other computer.</source>
        <translation>密码短语无法找回。其他每台电脑都需要它。</translation>
    </message>
    <message>
        <source>This folder is encrypted.</source>
        <translation>此文件夹已加密。</translation>
    </message>
    <message>
        <source>Whoever hosts the folder sees only when something changes, and how much.</source>
        <translation>托管文件夹的一方只能看到何时有更改以及更改的大小。</translation>
    </message>
    <message>
        <source>Without it, whoever hosts the folder can read your chats.</source>
        <translation>如不加密，托管文件夹的一方可以读取你的对话。</translation>
    </message>
    <message>
        <source>Chatdesk writes its changes into a folder that all your computers can reach, and reads those of the others there. Syncthing, iCloud, OneDrive, Nutstore or a network drive keep the folder the same, or it is on a WebDAV server. Keys and settings are not shared.</source>
        <translation>Chatdesk 将更改写入所有电脑都能访问的文件夹，并从中读取其他电脑的更改。Syncthing、iCloud、OneDrive、坚果云或网络驱动器会让各台电脑上的文件夹保持一致；文件夹也可以位于 WebDAV 服务器上。密钥和设置不会共享。</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共享文件夹</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在这台电脑上</translation>
    </message>
    <message>
        <source>WebDAV server</source>
        <translation>WebDAV 服务器</translation>
    </message>
    <message>
        <source>A folder “Chatdesk Sync” is created in it.</source>
        <translation>将在其中创建文件夹“Chatdesk Sync”。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>这台电脑</translation>
    </message>
    <message>
        <source>How the other computers list it.</source>
        <translation>其他电脑列表中显示的名称。</translation>
    </message>
    <message>
        <source>Repeat passphrase</source>
        <translation>再次输入密码短语</translation>
    </message>
    <message>
        <source>If the system keyring is locked or missing, you also need it after each start of Chatdesk.</source>
        <translation>系统密钥环不可用或已锁定时，每次启动 Chatdesk 后也需要输入它。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始终</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>Wrap long lines of code</source>
        <translation>代码自动换行</translation>
    </message>
    <message>
        <source>Open previews when an answer is complete</source>
        <translation>回答完成后自动打开预览</translation>
    </message>
    <message>
        <source>Use the system proxy</source>
        <translation>使用系统代理</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文长度</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>发送键</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Ctrl+Enter</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>思考过程</translation>
    </message>
    <message>
        <source>Follow the system, or always use the light or dark theme.</source>
        <translation>跟随系统，或固定使用一种。</translation>
    </message>
    <message>
        <source>Takes effect immediately.</source>
        <translation>立即生效，无需重启。</translation>
    </message>
    <message>
        <source>The other one inserts a line break.</source>
        <translation>另一个用于换行。</translation>
    </message>
    <message>
        <source>While reasoning</source>
        <translation>推理时</translation>
    </message>
    <message>
        <source>system prompt, custom instructions, personalisation, memory</source>
        <translation>系统提示词, 自定义指令, 个性化, 记忆</translation>
    </message>
    <message>
        <source>You can change this for each code block.</source>
        <translation>每个代码块也可单独设置。</translation>
    </message>
    <message>
        <source>Show line numbers in code</source>
        <translation>显示代码行号</translation>
    </message>
    <message>
        <source>Line numbers are never copied.</source>
        <translation>复制时不含行号。</translation>
    </message>
    <message>
        <source>Notify when a long answer is ready</source>
        <translation>较长的回答完成时发送通知</translation>
    </message>
    <message>
        <source>If another program is in front. The notification shows the title of the chat and nothing else.</source>
        <translation>仅在其他程序处于前台时发送。通知只显示对话标题，不显示任何内容。</translation>
    </message>
    <message>
        <source>notification, desktop notification, alert, answer finished, done</source>
        <translation>通知, 桌面通知, 提醒, 回答完成</translation>
    </message>
    <message>
        <source>Read answers aloud</source>
        <translation>朗读回答</translation>
    </message>
    <message>
        <source>A screen reader reads each sentence once it is complete.</source>
        <translation>使用屏幕阅读器时，每写完一句就读出一句。</translation>
    </message>
    <message>
        <source>Pages and drawings run in a sandbox next to the chat without a click.</source>
        <translation>网页和图形无需点击即可在对话旁的沙箱中运行。</translation>
    </message>
    <message>
        <source>Request fixes immediately</source>
        <translation>直接请求修复</translation>
    </message>
    <message>
        <source>Sends the errors of a page without showing you the message first.</source>
        <translation>发送页面的错误，不先显示消息。</translation>
    </message>
    <message>
        <source>Check for updates</source>
        <translation>检查新版本</translation>
    </message>
    <message>
        <source>Once a day, with one request that contains no information about you or this computer. Nothing is downloaded.</source>
        <translation>每天一次，只发一个请求，不透露关于你和这台电脑的任何信息，也从不下载任何东西。</translation>
    </message>
    <message>
        <source>Context window in tokens: how much of a chat the model can read at once. A larger one uses more memory.</source>
        <translation>模型一次能读多少对话内容，以 token 计。越长占用内存越多。</translation>
    </message>
    <message>
        <source>CPU cores to use. Automatic leaves one free for other programs.</source>
        <translation>参与运算的处理器核心数。“自动”会给其他程序留一个。</translation>
    </message>
    <message>
        <source>GPU layers</source>
        <translation>放到显卡上的层数</translation>
    </message>
    <message>
        <source>Fewer layers use less graphics memory. The CPU runs the rest.</source>
        <translation>层数越少占用显存越少，其余的由处理器运算。</translation>
    </message>
    <message>
        <source>Unload when idle</source>
        <translation>空闲时释放</translation>
    </message>
    <message>
        <source>Unloads the model after this time without a question. The next question waits until the model is reloaded.</source>
        <translation>多久没有提问后释放。下一次提问需要等模型重新加载。</translation>
    </message>
    <message>
        <source>Use models from other programs</source>
        <translation>使用其他程序的模型</translation>
    </message>
    <message>
        <source>Uses models that Ollama, LM Studio, llama.cpp and Hugging Face have downloaded to this computer. Nothing is copied or changed.</source>
        <translation>Ollama、LM Studio、llama.cpp 和 Hugging Face 保存在这台电脑上的模型。不会复制或修改任何文件。</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>默认模型</translation>
    </message>
    <message>
        <source>Answers in new chats, unless their folder has another one.</source>
        <translation>在新对话中回答，除非其文件夹指定了其他模型。</translation>
    </message>
    <message>
        <source>preferred model, standard model, model of new chats</source>
        <translation>首选模型, 标准模型, 新对话的模型</translation>
    </message>
    <message>
        <source>When reasoning is shown above the answer.</source>
        <translation>何时在回答上方展开模型的思考过程。</translation>
    </message>
    <message>
        <source>For servers on the network. Servers on this computer are always contacted directly.</source>
        <translation>用于网络上的服务器。本机上的服务器始终直接连接。</translation>
    </message>
    <message>
        <source>Instructions for all chats</source>
        <translation>所有对话的指令</translation>
    </message>
    <message>
        <source>Sent to the model before every conversation, before all other instructions.</source>
        <translation>在每个对话开始前发送给模型，位于其他所有指令之前。</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
    <message>
        <source>Stronger lines on a black or white background.</source>
        <translation>在纯黑或纯白背景上使用更明显的线条。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Text font</source>
        <translation>文本字体</translation>
    </message>
    <message>
        <source>For questions and answers.</source>
        <translation>用于提问和回答。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文本大小</translation>
    </message>
    <message>
        <source>Code font</source>
        <translation>代码字体</translation>
    </message>
    <message>
        <source>For code blocks and code in the text.</source>
        <translation>用于代码块和文中的代码。</translation>
    </message>
    <message>
        <source>Code size</source>
        <translation>代码大小</translation>
    </message>
    <message>
        <source>Reading width</source>
        <translation>阅读宽度</translation>
    </message>
    <message>
        <source>Maximum width of questions and answers.</source>
        <translation>提问和回答的最大宽度。</translation>
    </message>
    <message>
        <source>Narrow</source>
        <translation>窄</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>Wide</source>
        <translation>宽</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>全宽</translation>
    </message>
    <message>
        <source>Chat titles</source>
        <translation>对话标题</translation>
    </message>
    <message>
        <source>From the model</source>
        <translation>由模型拟定</translation>
    </message>
    <message>
        <source>First words</source>
        <translation>取首句</translation>
    </message>
    <message>
        <source>Titles from online providers</source>
        <translation>使用在线服务拟定标题</translation>
    </message>
    <message>
        <source>They may charge for each title. Models on your own computers write titles without asking.</source>
        <translation>在线服务可能对每个标题计费。使用自己电脑上的模型时不会询问。</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>先询问</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>locale, English, Chinese, translation of the program</source>
        <translation>界面语言，英文，中文</translation>
    </message>
    <message>
        <source>Enter, Return, line break, newline, submit</source>
        <translation>回车，换行，提交</translation>
    </message>
    <message>
        <source>thinking, thoughts, chain of thought, unfold</source>
        <translation>思考，思维链，展开</translation>
    </message>
    <message>
        <source>export thinking, save thoughts</source>
        <translation>导出思考，保存思考</translation>
    </message>
    <message>
        <source>line break, word wrap, code block</source>
        <translation>换行，自动换行，代码块</translation>
    </message>
    <message>
        <source>numbering, code block</source>
        <translation>行号，代码块</translation>
    </message>
    <message>
        <source>screen reader, accessibility, speech, voice, text to speech</source>
        <translation>读屏软件，无障碍，语音，朗读</translation>
    </message>
    <message>
        <source>HTML, run code, artifacts, canvas, automatic preview</source>
        <translation>运行代码，画布，自动预览</translation>
    </message>
    <message>
        <source>debug, repair, automatic fixes, errors of a page</source>
        <translation>调试，修复，自动修复，页面错误</translation>
    </message>
    <message>
        <source>new version, upgrade, automatic updates</source>
        <translation>新版本，升级，自动更新</translation>
    </message>
    <message>
        <source>num_ctx, context window, context length, memory of a chat</source>
        <translation>上下文窗口，上下文长度</translation>
    </message>
    <message>
        <source>CPU, cores, processor</source>
        <translation>处理器，核心</translation>
    </message>
    <message>
        <source>graphics card, offload, n_gpu_layers, CUDA, Metal, Vulkan, VRAM</source>
        <translation>显卡，显存，卸载到显卡</translation>
    </message>
    <message>
        <source>keep_alive, keep loaded, free memory, RAM, timeout</source>
        <translation>保持加载，释放内存，内存，超时</translation>
    </message>
    <message>
        <source>scan, Hugging Face, LM Studio, GGUF files</source>
        <translation>扫描，查找模型文件</translation>
    </message>
    <message>
        <source>dark mode, light mode, night mode, colours, appearance</source>
        <translation>深色模式，浅色模式，夜间模式，颜色，外观</translation>
    </message>
    <message>
        <source>accessibility, visibility, black and white</source>
        <translation>无障碍，清晰，黑白</translation>
    </message>
    <message>
        <source>typeface, font family, typography</source>
        <translation>字体，字型</translation>
    </message>
    <message>
        <source>font size, letter size</source>
        <translation>字号，字体大小</translation>
    </message>
    <message>
        <source>monospaced font, typeface, programming font</source>
        <translation>等宽字体，编程字体</translation>
    </message>
    <message>
        <source>font size of code</source>
        <translation>代码字号</translation>
    </message>
    <message>
        <source>line length, column width, wide chat, full width</source>
        <translation>行宽，栏宽，宽屏，全宽</translation>
    </message>
    <message>
        <source>scale, magnify, larger, smaller</source>
        <translation>缩放，放大，缩小</translation>
    </message>
    <message>
        <source>proxy, proxy server, VPN, network, firewall, SOCKS, HTTP proxy</source>
        <translation>代理，代理服务器，网络，防火墙</translation>
    </message>
    <message>
        <source>paid titles, costs, titles of cloud models</source>
        <translation>付费标题，费用，在线模型的标题</translation>
    </message>
    <message>
        <source>automatic titles, chat names, rename chats</source>
        <translation>自动标题，对话名称，自动命名</translation>
    </message>
    <message>
        <source>Draw diagrams automatically</source>
        <translation>自动绘制图表</translation>
    </message>
    <message>
        <source>Mermaid and Graphviz. The first one starts the preview engine, which needs about 300 MB of memory. Otherwise you draw a diagram with its button.</source>
        <translation>适用于 Mermaid 和 Graphviz。绘制第一张图时会启动预览引擎，约占用 300 MB 内存。关闭时，可用图表上的按钮逐个绘制。</translation>
    </message>
    <message>
        <source>mermaid, graphviz, flowchart, chart, picture</source>
        <translation>mermaid, graphviz, 流程图, 图表, 图片</translation>
    </message>
    <message>
        <source>The model writes a title after the first answer, with one short request. Titles that you change are kept.</source>
        <translation>首次回答后由模型拟定标题，需要一次简短请求。你修改过的标题会保留。</translation>
    </message>
    <message>
        <source>Address of Hugging Face</source>
        <translation>Hugging Face 地址</translation>
    </message>
    <message>
        <source>A mirror such as https://hf-mirror.com helps where Hugging Face is blocked. It never receives your token, and the SHA-256 of every file is verified.</source>
        <translation>无法访问 Hugging Face 时，可使用 https://hf-mirror.com 等镜像。镜像不会收到你的令牌，每个文件都会校验 SHA-256。</translation>
    </message>
    <message>
        <source>mirror, hf-mirror, HF_ENDPOINT, huggingface.co, endpoint</source>
        <translation>镜像, 镜像站, hf-mirror, HF_ENDPOINT, huggingface.co, 端点</translation>
    </message>
    <message>
        <source>ModelScope site</source>
        <translation>ModelScope（魔搭）站点</translation>
    </message>
    <message>
        <source>modelscope.cn is fast in China, modelscope.ai elsewhere. Neither needs an account.</source>
        <translation>modelscope.cn 在中国速度快，modelscope.ai 适合其他地区。两者都不需要账号。</translation>
    </message>
    <message>
        <source>modelscope.cn, modelscope.ai, Alibaba, China</source>
        <translation>modelscope.cn, modelscope.ai, 魔搭, 阿里, 中国</translation>
    </message>
    <message>
        <source>Download from</source>
        <translation>首选来源</translation>
    </message>
    <message>
        <source>If it does not have exactly the same file, or does not answer, another source is used. Automatic is ModelScope if Chatdesk is in Chinese, otherwise Hugging Face.</source>
        <translation>如果它没有完全相同的文件或没有响应，则使用其他来源。“自动”在中文界面下为 ModelScope，否则为 Hugging Face。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>preferred source, download server, China, Hugging Face, ModelScope</source>
        <translation>首选来源, 下载服务器, 中国, 魔搭, Hugging Face, ModelScope</translation>
    </message>
    <message>
        <source>Size of text and controls.</source>
        <translation>文字和控件的大小。</translation>
    </message>
    <message>
        <source>Read chats ahead</source>
        <translation>提前读取对话</translation>
    </message>
    <message>
        <source>The loaded model reads a chat when you open it, so that the next answer begins sooner. Nothing leaves this computer.</source>
        <translation>打开对话时，已加载的模型会先读取它，下一条回答会更快开始。内容不会离开本机。</translation>
    </message>
    <message>
        <source>Not on battery</source>
        <translation>使用电池时除外</translation>
    </message>
    <message>
        <source>prewarm, prompt cache, prefill, faster first token, battery, power saving</source>
        <translation>预热, 提示缓存, 预填充, 首字更快, 电池, 省电</translation>
    </message>
    <message>
        <source>Move deleted models to the trash</source>
        <translation>将删除的模型移到回收站</translation>
    </message>
    <message>
        <source>Applies to models that Chatdesk downloaded. Their space is free once you empty the trash.</source>
        <translation>适用于 Chatdesk 下载的模型。清空回收站后才会释放空间。</translation>
    </message>
    <message>
        <source>recycle bin, delete models, disk space</source>
        <translation>回收站, 废纸篓, 删除模型, 磁盘空间</translation>
    </message>
    <message>
        <source>Attach long pasted text</source>
        <translation>将粘贴的长文本作为附件</translation>
    </message>
    <message>
        <source>Text of more than 2,000 characters or 40 lines becomes an attachment when you paste it.</source>
        <translation>粘贴的文本超过 2,000 个字符或 40 行时，自动成为附件。</translation>
    </message>
    <message>
        <source>paste as file, clipboard, long paste</source>
        <translation>粘贴为文件，剪贴板，长文本</translation>
    </message>
    <message>
        <source>Find passages by</source>
        <translation>查找段落的方式</translation>
    </message>
    <message>
        <source>documents, embedding, vectors, semantic search, RAG, retrieval</source>
        <translation>文档, 嵌入, 向量, 语义搜索, RAG, 检索, 知识库</translation>
    </message>
    <message>
        <source>For documents that are too long to be sent whole. A model for embeddings on this computer also finds passages that use other words than the question.</source>
        <translation>用于太长而无法整篇发送的文档。本机上的嵌入模型还能找到与问题用词不同的段落。</translation>
    </message>
    <message>
        <source>Include reasoning in copies</source>
        <translation>复制时包含推理过程</translation>
    </message>
    <message>
        <source>Applies when you copy a whole chat. For files, choose it when you export.</source>
        <translation>适用于复制整个对话。导出文件时可另行选择。</translation>
    </message>
</context>
<context>
    <name>SettingsResults</name>
    <message>
        <source>No results</source>
        <translation>无结果</translation>
    </message>
</context>
<context>
    <name>SeveralView</name>
    <message numerus="yes">
        <source>%n presets</source>
        <translation>
            <numerusform>%n 个预设</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove from favourites</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Add to favourites</source>
        <translation>加入收藏</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>制作副本</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n of my presets</source>
        <translation>
            <numerusform>删除自己的 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>SheetsPopup</name>
    <message>
        <source>At least one sheet must be sent. Remove the file from the message to leave out all.</source>
        <translation>至少要发送一个工作表。若全部不发送，请从消息中移除该文件。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>{size}, hidden</source>
        <translation>{size}，隐藏</translation>
    </message>
    <message numerus="yes">
        <source>%n formula(s) without a result: the formula is sent.</source>
        <translation>
            <numerusform>%n 个公式没有结果：发送公式本身。</numerusform>
        </translation>
    </message>
    <message>
        <source>Cells of {sheet}</source>
        <translation>{sheet} 的单元格</translation>
    </message>
    <message>
        <source>Write cells such as A1:C20, B:D or 5:20.</source>
        <translation>请填写单元格范围，例如 A1:C20、B:D 或 5:20。</translation>
    </message>
    <message>
        <source>Sheets to send</source>
        <translation>一同发送的工作表</translation>
    </message>
    <message>
        <source>Rows × columns</source>
        <translation>行 × 列</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>View</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
</context>
<context>
    <name>ShieldLine</name>
    <message>
        <source>Generated content, no network</source>
        <translation>生成的内容，不能访问网络</translation>
    </message>
    <message numerus="yes">
        <source>%n network request(s) blocked</source>
        <translation>
            <numerusform>已拦截 %n 个网络请求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>已拦截 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>输入消息</translation>
    </message>
    <message>
        <source>edit message, correct, change question, change the prompt, rewrite</source>
        <translation>编辑消息, 修改问题, 更正, 改写</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>下一个问题</translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation>下一个对话</translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation>上一个对话</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>恢复文字大小</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快捷键列表</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Ask a quick question</source>
        <translation>快速提问</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近删除</translation>
    </message>
    <message>
        <source>Rename chat</source>
        <translation>重命名对话</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Copy last answer</source>
        <translation>复制最后一条回答</translation>
    </message>
    <message>
        <source>Copy last code block</source>
        <translation>复制最后一个代码块</translation>
    </message>
    <message>
        <source>Regenerate last answer</source>
        <translation>重新生成最后一条回答</translation>
    </message>
    <message>
        <source>Find in chat</source>
        <translation>在对话中查找</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>Previous question</source>
        <translation>上一个问题</translation>
    </message>
    <message>
        <source>Show or hide outline</source>
        <translation>显示或隐藏大纲</translation>
    </message>
    <message>
        <source>Restart preview</source>
        <translation>重新运行预览</translation>
    </message>
    <message>
        <source>Full-screen preview</source>
        <translation>全屏预览</translation>
    </message>
    <message>
        <source>Choose reasoning effort</source>
        <translation>选择推理强度</translation>
    </message>
    <message>
        <source>Show or hide chat settings</source>
        <translation>显示或隐藏对话设置</translation>
    </message>
    <message>
        <source>Undo in chat list</source>
        <translation>在对话列表中撤销</translation>
    </message>
    <message>
        <source>Edit last question</source>
        <translation>编辑上一个问题</translation>
    </message>
    <message>
        <source>new conversation, start, clear, empty chat</source>
        <translation>新对话，新聊天，开始，清空</translation>
    </message>
    <message>
        <source>title, name of the chat, edit title</source>
        <translation>标题，对话名称，修改标题</translation>
    </message>
    <message>
        <source>find, search history, search messages</source>
        <translation>查找，搜索历史，搜索消息</translation>
    </message>
    <message>
        <source>trash, bin, recycle bin, deleted chats, restore, recover, undelete</source>
        <translation>回收站，废纸篓，垃圾桶，已删除的对话，恢复，还原</translation>
    </message>
    <message>
        <source>undo delete, undo move, revert, restore</source>
        <translation>撤销删除，撤销移动，还原</translation>
    </message>
    <message>
        <source>all commands, actions, find anything</source>
        <translation>所有命令，操作，查找一切</translation>
    </message>
    <message>
        <source>quick chat, small window, ask anything, launcher</source>
        <translation>快速对话，小窗口，随便问</translation>
    </message>
    <message>
        <source>preferences, options, configuration</source>
        <translation>偏好设置，选项，配置</translation>
    </message>
    <message>
        <source>chat list, hide list, history, side panel</source>
        <translation>对话列表，隐藏列表，历史，侧边栏</translation>
    </message>
    <message>
        <source>switch model, change model, LLM, model picker</source>
        <translation>切换模型，更换模型，大模型</translation>
    </message>
    <message>
        <source>thinking, think, deep think, reasoning effort</source>
        <translation>思考，深度思考，推理强度</translation>
    </message>
    <message>
        <source>composer, input, type, prompt box</source>
        <translation>输入框，输入，打字</translation>
    </message>
    <message>
        <source>copy message, copy as Markdown, clipboard</source>
        <translation>复制消息，复制为 Markdown，剪贴板</translation>
    </message>
    <message>
        <source>copy snippet, clipboard</source>
        <translation>复制代码片段，剪贴板</translation>
    </message>
    <message>
        <source>retry, try again, answer again, ask again</source>
        <translation>重试，再试一次，重新回答，再问一次</translation>
    </message>
    <message>
        <source>search in chat, find text, look for</source>
        <translation>在对话中搜索，查找文字</translation>
    </message>
    <message>
        <source>find next, next hit</source>
        <translation>查找下一个</translation>
    </message>
    <message>
        <source>find previous, previous hit</source>
        <translation>查找上一个</translation>
    </message>
    <message>
        <source>jump down, next message</source>
        <translation>向下跳，下一条消息</translation>
    </message>
    <message>
        <source>jump up, previous message</source>
        <translation>向上跳，上一条消息</translation>
    </message>
    <message>
        <source>table of contents, headings, contents</source>
        <translation>目录，标题，大纲</translation>
    </message>
    <message>
        <source>system prompt, instructions, temperature, creativity, parameters, max tokens, context size</source>
        <translation>系统提示词，指令，温度，创造性，参数，最大词元数，上下文大小</translation>
    </message>
    <message>
        <source>Instructions sent to the model</source>
        <translation>模型收到的指令</translation>
    </message>
    <message>
        <source>system prompt, instructions, show the prompt, context</source>
        <translation>系统提示词, 指令, 显示提示词, 上下文</translation>
    </message>
    <message>
        <source>reload page, refresh, run again</source>
        <translation>重新加载，刷新，重新运行</translation>
    </message>
    <message>
        <source>maximise, enlarge preview</source>
        <translation>最大化，放大预览</translation>
    </message>
    <message>
        <source>switch chat, chat below</source>
        <translation>切换对话，下方对话</translation>
    </message>
    <message>
        <source>switch chat, chat above</source>
        <translation>切换对话，上方对话</translation>
    </message>
    <message>
        <source>hotkeys, key bindings, help, keys</source>
        <translation>热键，按键，帮助</translation>
    </message>
    <message>
        <source>exit, close, end</source>
        <translation>退出，关闭，结束</translation>
    </message>
    <message>
        <source>zoom in, bigger text</source>
        <translation>放大，更大字号</translation>
    </message>
    <message>
        <source>zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>reset zoom, 100%</source>
        <translation>重置缩放，100 %</translation>
    </message>
    <message>
        <source>Delete chat</source>
        <translation>删除对话</translation>
    </message>
    <message>
        <source>remove chat, move to trash</source>
        <translation>移除对话，移到回收站</translation>
    </message>
    <message>
        <source>save chat, save whole chat, save as Word, download, print, PDF, HTML, Markdown, JSON, share, archive</source>
        <translation>保存对话, 保存整个对话, 另存为 Word, 下载, 打印, PDF, HTML, Markdown, JSON, 分享, 归档</translation>
    </message>
    <message>
        <source>Export chat</source>
        <translation>导出对话</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Side panel</source>
        <translation>侧边面板</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大纲</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Chat settings</source>
        <translation>对话设置</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Search chats</source>
        <translation>搜索对话</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message>
        <source>&quot;Quotes&quot; find a phrase, -word leaves a word out</source>
        <translation>用&quot;引号&quot;查找短语，用 -词语 排除</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>对话列表</translation>
    </message>
    <message>
        <source>No chats found.</source>
        <translation>没有找到对话。</translation>
    </message>
    <message>
        <source>Your chats appear here, newest first.</source>
        <translation>你的对话会显示在这里，最新的在最前。</translation>
    </message>
</context>
<context>
    <name>SidebarButton</name>
    <message>
        <source>Shown</source>
        <translation>正在显示</translation>
    </message>
</context>
<context>
    <name>SidebarPresenter</name>
    <message>
        <source>Undo delete</source>
        <translation>撤销删除</translation>
    </message>
    <message>
        <source>Undo move</source>
        <translation>撤销移动</translation>
    </message>
    <message>
        <source>Undo rename</source>
        <translation>撤销重命名</translation>
    </message>
</context>
<context>
    <name>SizeControl</name>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
</context>
<context>
    <name>SourcesSection</name>
    <message>
        <source>Not contacted yet</source>
        <translation>尚未访问</translation>
    </message>
    <message>
        <source>Last contacted {when}</source>
        <translation>上次访问：{when}</translation>
    </message>
    <message>
        <source>Ollama library</source>
        <translation>Ollama 模型库</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型来源</translation>
    </message>
    <message>
        <source>Where models are searched and downloaded. No source is contacted before you search or download.</source>
        <translation>模型从这些来源搜索和下载。在你搜索或下载之前，不会访问任何来源。</translation>
    </message>
</context>
<context>
    <name>SourcesSheet</name>
    <message>
        <source>Looking for files…</source>
        <translation>正在查找文件…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>about {tokens} of the {room} tokens that the model reads</source>
        <translation>约 {tokens} 个 token，模型可读取 {room} 个</translation>
    </message>
    <message>
        <source>Choose files of {name}</source>
        <translation>选择 {name} 中的文件</translation>
    </message>
    <message>
        <source>Search the files</source>
        <translation>搜索文件</translation>
    </message>
    <message>
        <source>There is nothing in it that can be read.</source>
        <translation>其中没有可读取的内容。</translation>
    </message>
    <message>
        <source>Only the first 20,000 files are listed.</source>
        <translation>仅列出前 20,000 个文件。</translation>
    </message>
    <message>
        <source>Hidden files, and files that .gitignore names, are left out.</source>
        <translation>已略过隐藏文件和 .gitignore 中列出的文件。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
</context>
<context>
    <name>Speed</name>
    <message>
        <source>{count} ms</source>
        <translation>{count} 毫秒</translation>
    </message>
    <message>
        <source>{count} s</source>
        <translation>{count} 秒</translation>
    </message>
    <message>
        <source>{count} tokens/s</source>
        <translation>{count} token/秒</translation>
    </message>
    <message>
        <source>median of {count} runs</source>
        <translation>{count} 次的中位数</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>estimated: {speed}</source>
        <translation>预计：{speed}</translation>
    </message>
    <message>
        <source>measured by the server</source>
        <translation>以服务器计时为准</translation>
    </message>
    <message>
        <source>measured by Chatdesk, including network time</source>
        <translation>以本机计时为准，含网络时间</translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>另一台机器</translation>
    </message>
    <message>
        <source>Loading the model, then sending one request…</source>
        <translation>正在加载模型并提问一次…</translation>
    </message>
    <message>
        <source>Running test {number} of {total}…</source>
        <translation>正在提问，第 {number} 次，共 {total} 次…</translation>
    </message>
</context>
<context>
    <name>SpeedSection</name>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>尚未测量。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Reading the question</source>
        <translation>读取问题</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>A short text without personal information is sent four times.</source>
        <translation>会发送四次一段与你无关的短文。</translation>
    </message>
</context>
<context>
    <name>SpeedSheet</name>
    <message>
        <source>How fast is {model}?</source>
        <translation>{model} 有多快？</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新测量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Reading the question</source>
        <translation>读取问题</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>加载模型</translation>
    </message>
    <message>
        <source>before the first question</source>
        <translation>首次提问之前</translation>
    </message>
    <message>
        <source>A short text without personal information is sent four times. A local model is reloaded first to measure the loading time.</source>
        <translation>会把一段与你无关的短文发送四次。本地模型会先重新加载，以测量加载所需的时间。</translation>
    </message>
    <message>
        <source>after the question, with the model loaded</source>
        <translation>提问之后，模型已在内存中</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <source>No model fits this computer</source>
        <translation>没有适合本机的模型</translation>
    </message>
    <message>
        <source>Other choices</source>
        <translation>其他选择</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Best for this computer</source>
        <translation>最适合本机</translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>添加密钥…</translation>
    </message>
    <message>
        <source>Pause download</source>
        <translation>暂停下载</translation>
    </message>
    <message>
        <source>Cancel download</source>
        <translation>取消下载</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>What are you working on?</source>
        <translation>今天想做点什么？</translation>
    </message>
</context>
<context>
    <name>StartPresenter</name>
    <message>
        <source>Here</source>
        <translation>本机网络</translation>
    </message>
    <message>
        <source>At 100 Mbit/s</source>
        <translation>以 100 Mbit/s 计</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>约 {time}</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>本机速度</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Try ModelScope</source>
        <translation>改用 ModelScope</translation>
    </message>
    <message>
        <source>Try Hugging Face</source>
        <translation>改用 Hugging Face</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>From {host}, verified after the download</source>
        <translation>来自 {host}，下载后校验</translation>
    </message>
    <message>
        <source>Needs {size} on the disk, which is too full.</source>
        <translation>需要 {size} 磁盘空间，磁盘已满。</translation>
    </message>
    <message>
        <source>The smallest one needs {need} of memory, and {memory} can be used here. A provider&apos;s model runs elsewhere.</source>
        <translation>最小的模型需要 {need} 内存，而本机可用 {memory}。提供商的模型在别处运行。</translation>
    </message>
    <message>
        <source>Chosen for {memory} of memory</source>
        <translation>按 {memory} 内存选择</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Installed but not running</source>
        <translation>已安装，未运行</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Runs models of its own library</source>
        <translation>运行其自有模型库中的模型</translation>
    </message>
    <message>
        <source>Get Ollama</source>
        <translation>获取 Ollama</translation>
    </message>
    <message>
        <source>Connected, without a model yet</source>
        <translation>已连接，尚无模型</translation>
    </message>
    <message>
        <source>A key</source>
        <translation>API 密钥</translation>
    </message>
    <message>
        <source>For DeepSeek, OpenAI and others</source>
        <translation>用于 DeepSeek、OpenAI 等</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>添加…</translation>
    </message>
    <message>
        <source>A GGUF file</source>
        <translation>GGUF 文件</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>More models</source>
        <translation>更多模型</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Model sources…</source>
        <translation>模型来源…</translation>
    </message>
    <message>
        <source>no graphics card</source>
        <translation>无显卡</translation>
    </message>
</context>
<context>
    <name>StartProgress</name>
    <message>
        <source>Opening your chats</source>
        <translation>正在打开你的对话</translation>
    </message>
    <message>
        <source>Updating your chats</source>
        <translation>正在更新你的对话</translation>
    </message>
    <message>
        <source>A backup is made first. This is needed only once after an update and can take a few minutes.</source>
        <translation>会先创建一份副本。更新后只需进行一次，可能需要几分钟。</translation>
    </message>
    <message>
        <source>Chatdesk did not close properly, so your chats are being checked. This can take a few minutes.</source>
        <translation>程序上次意外结束，正在检查对话。可能需要几分钟。</translation>
    </message>
    <message>
        <source>Restoring your chats</source>
        <translation>正在恢复对话</translation>
    </message>
    <message>
        <source>The current chats are kept in a file next to them.</source>
        <translation>当前对话会保留在旁边的文件中。</translation>
    </message>
    <message>
        <source>Moving your data</source>
        <translation>正在移动数据</translation>
    </message>
    <message>
        <source>Everything is copied and checked before the old folder is emptied.</source>
        <translation>一切都复制并检查后，旧文件夹才会清空。</translation>
    </message>
</context>
<context>
    <name>Step</name>
    <message>
        <source>{step}, done</source>
        <translation>{step}，已完成</translation>
    </message>
</context>
<context>
    <name>StoredDocumentsSheet</name>
    <message>
        <source>Documents in chats</source>
        <translation>对话中的文档</translation>
    </message>
    <message>
        <source>Each document is stored once, with the text that was read from it. It is removed when no chat uses it any more: delete the question with it, or the chat, and then empty Recently deleted.</source>
        <translation>每个文档只存储一次，连同从中读取的文本。不再有对话使用它时会被移除：删除带有它的问题或对话，然后清空“最近删除”。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n smaller one(s)</source>
        <translation>
            <numerusform>还有 %n 个更小的文档</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>in Recently deleted</source>
        <translation>在“最近删除”中</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新建对话</translation>
    </message>
    <message numerus="yes">
        <source>in {chat} and %n other chat(s)</source>
        <translation>
            <numerusform>{chat} 及另外 %n 个对话</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>StructuredEditor</name>
    <message>
        <source>“{section}” was removed</source>
        <translation>已移除“{section}”</translation>
    </message>
    <message>
        <source>Prompt in sections</source>
        <translation>分部分编辑提示词</translation>
    </message>
    <message>
        <source>Prompt converted to sections</source>
        <translation>提示词已整理成各部分</translation>
    </message>
    <message>
        <source>This prompt is too long to edit as sections. Edit it as text.</source>
        <translation>这条提示词太长，不适合用表单编辑。请以文本方式编辑。</translation>
    </message>
    <message>
        <source>This prompt is plain text. Convert it to sections? No text is lost.</source>
        <translation>这是一段普通文本。要把句子归入各部分吗？一句也不会丢。</translation>
    </message>
    <message>
        <source>Convert to sections</source>
        <translation>整理成各部分</translation>
    </message>
    <message>
        <source>No sections yet. A good start is a role and a goal.</source>
        <translation>还没有任何部分。可以先写角色和目标。</translation>
    </message>
    <message>
        <source>Add section</source>
        <translation>添加部分</translation>
    </message>
</context>
<context>
    <name>SubpageHeader</name>
    <message>
        <source>Back to {page} (Esc)</source>
        <translation>返回{page}（Esc）</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
</context>
<context>
    <name>SuggestedModel</name>
    <message>
        <source>{model} ({server})</source>
        <translation>{model}（{server}）</translation>
    </message>
    <message>
        <source>This preset suggests {model}.</source>
        <translation>此预设推荐使用 {model}。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
</context>
<context>
    <name>SuggestedWords</name>
    <message>
        <source>The model suggests no other search terms.</source>
        <translation>模型没有提供其他词语。</translation>
    </message>
    <message>
        <source>Nor “{words}”, as the model suggests.</source>
        <translation>模型建议的“{words}”也没有匹配。</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Translation</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Translate and explain</source>
        <translation>翻译并讲解</translation>
    </message>
    <message>
        <source>Into your language, with notes</source>
        <translation>译成中文，附说明</translation>
    </message>
    <message>
        <source>One HTML file, runs here</source>
        <translation>单个 HTML 文件，可在此运行</translation>
    </message>
    <message>
        <source>Polish my English</source>
        <translation>润色我的英文</translation>
    </message>
    <message>
        <source>Natural, same meaning</source>
        <translation>更地道，意思不变</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>办公</translation>
    </message>
    <message>
        <source>Answer an email</source>
        <translation>回复邮件</translation>
    </message>
    <message>
        <source>Minutes from notes</source>
        <translation>整理会议纪要</translation>
    </message>
    <message>
        <source>Decisions, owners, dates</source>
        <translation>决定、负责人、日期</translation>
    </message>
    <message>
        <source>Coding</source>
        <translation>编程</translation>
    </message>
    <message>
        <source>Explain this code</source>
        <translation>讲解这段代码</translation>
    </message>
    <message>
        <source>Step by step, with risks</source>
        <translation>逐步讲解，指出风险</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>Write a Snake game</source>
        <translation>写一个贪吃蛇游戏</translation>
    </message>
    <message>
        <source>Paste it and say what you want</source>
        <translation>贴上邮件，说说你的意思</translation>
    </message>
    <message>
        <source>To try it out</source>
        <translation>先试一试</translation>
    </message>
    <message>
        <source>Say hello</source>
        <translation>打个招呼</translation>
    </message>
    <message>
        <source>And ask who is there</source>
        <translation>问问对方是谁（英文）</translation>
    </message>
    <message>
        <source>Ask a simple question</source>
        <translation>问一个简单的问题</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>法国的首都是哪里？（英文）</translation>
    </message>
    <message>
        <source>Write a short poem</source>
        <translation>写一首小诗</translation>
    </message>
    <message>
        <source>Four lines about rain</source>
        <translation>四行，关于雨（英文）</translation>
    </message>
</context>
<context>
    <name>SummaryPopup</name>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Summary of earlier messages</source>
        <translation>对话开头的摘要</translation>
    </message>
    <message>
        <source>This summary is sent instead of the messages it covers. They stay in the chat.</source>
        <translation>它代替所概括的消息一起发送；原消息仍保留在对话中。</translation>
    </message>
    <message>
        <source>Remove summary</source>
        <translation>移除摘要</translation>
    </message>
</context>
<context>
    <name>Sync</name>
    <message>
        <source>Sync with other computers</source>
        <translation>与其他电脑同步</translation>
    </message>
    <message>
        <source>synchronise, synchronize, several devices, cloud, share history, Syncthing, iCloud, OneDrive, WebDAV</source>
        <translation>同步, 多台设备, 多设备, 云, 网盘, 共享记录, 坚果云, tongbu, WebDAV</translation>
    </message>
</context>
<context>
    <name>SyncSheet</name>
    <message>
        <source>Sync now</source>
        <translation>立即同步</translation>
    </message>
    <message>
        <source>Last change seen {time}</source>
        <translation>上次收到更改：{time}</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Start Chatdesk on another computer, and choose the same folder there.</source>
        <translation>在另一台电脑上启动 Chatdesk，并在那里选择同一个文件夹。</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>正在启动…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>正在同步…</translation>
    </message>
    <message>
        <source>Waiting for the folder</source>
        <translation>正在等待文件夹</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>正在等待服务器</translation>
    </message>
    <message>
        <source>Not synchronised yet</source>
        <translation>尚未同步</translation>
    </message>
    <message>
        <source>Synchronised {time}</source>
        <translation>已同步：{time}</translation>
    </message>
    <message>
        <source>encrypted</source>
        <translation>已加密</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>未加密</translation>
    </message>
    <message>
        <source>Sync with other computers</source>
        <translation>与其他电脑同步</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>其他电脑</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登录…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Enter passphrase…</source>
        <translation>输入密码短语…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
</context>
<context>
    <name>SyncTexts</name>
    <message>
        <source>A file from {computer} is damaged or not complete yet. It will be tried again. If this stays, check whether the program that synchronises the folder has finished on both computers.</source>
        <translation>来自 {computer} 的一个文件已损坏或尚不完整，将会重试。如果此提示一直存在，请检查同步该文件夹的程序在两台电脑上是否都已完成。</translation>
    </message>
    <message>
        <source>{computer} has a newer version of Chatdesk. Update Chatdesk on this computer to get its changes.</source>
        <translation>{computer} 使用的 Chatdesk 版本较新。请更新这台电脑上的 Chatdesk 以获取其更改。</translation>
    </message>
    <message>
        <source>A change from {computer} is too large to be shared.</source>
        <translation>来自 {computer} 的一项更改过大，无法共享。</translation>
    </message>
    <message>
        <source>{computer} does not use the same encryption as this computer, so its changes are not read. Stop here or there, and start again with the same passphrase.</source>
        <translation>{computer} 与这台电脑的加密方式不同，因此未读取其更改。请在其中一台上停止同步，再用相同的密码短语重新开始。</translation>
    </message>
    <message>
        <source>{computer} has another passphrase. Stop there, and start again with the passphrase of this folder.</source>
        <translation>{computer} 使用了另一个密码短语。请在那台电脑上停止同步，再用此文件夹的密码短语重新开始。</translation>
    </message>
    <message>
        <source>A file from {computer} is only in the cloud. Let the program that synchronises the folder keep it on this computer.</source>
        <translation>来自 {computer} 的一个文件仅在云端。请让同步该文件夹的程序将其保留在这台电脑上。</translation>
    </message>
    <message>
        <source>The passphrase of the folder is not in the system keyring. Enter it again to continue. Nothing is lost.</source>
        <translation>系统密钥环中没有该文件夹的密码短语。请重新输入以继续。不会丢失任何内容。</translation>
    </message>
    <message>
        <source>The folder cannot be used at the moment. Changes are kept and shared when it is there again.</source>
        <translation>目前无法使用该文件夹。更改会保留，待文件夹恢复后再共享。</translation>
    </message>
    <message>
        <source>A change of this computer is too large to be shared. The other computers do not get it.</source>
        <translation>这台电脑上的一项更改过大，无法共享，其他电脑将收不到它。</translation>
    </message>
    <message>
        <source>Synchronisation was interrupted by an error in Chatdesk. It is tried again every minute, and nothing is lost. If this stays, please report it: Settings → Data → Diagnostics.</source>
        <translation>Chatdesk 出错，同步已中断。系统每分钟会重试一次，不会丢失任何内容。如果此提示一直存在，请报告此问题：设置 → 数据 → 诊断信息。</translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>另一台电脑</translation>
    </message>
    <message>
        <source>Nothing is lost: changes are shared when this works again.</source>
        <translation>不会丢失任何内容：恢复正常后，更改会继续同步。</translation>
    </message>
    <message>
        <source>The server does not list all files of the folder. Chatdesk asks for the others by name, so changes of other computers may arrive late; nothing is lost. If this stays, stop on all computers, and start again with a new folder.</source>
        <translation>服务器没有列出文件夹中的全部文件。Chatdesk 会按名称逐个查询其余文件，因此其他电脑的更改可能会晚一些到达，不会丢失任何内容。如果一直如此，请在所有电脑上停止同步，然后用一个新文件夹重新开始。</translation>
    </message>
    <message>
        <source>The settings of synchronisation were damaged, so it is off. Set it up again with the same folder: no chat is lost by that. The damaged file is kept in the data folder.</source>
        <translation>同步的设置已损坏，因此同步已关闭。请用同一个文件夹重新设置同步，不会因此丢失任何对话。损坏的文件保留在数据文件夹中。</translation>
    </message>
    <message>
        <source>A newer version of Chatdesk has written the settings of synchronisation, so it is off. Update Chatdesk, or set it up again here with the same folder. The newer file is kept in the data folder.</source>
        <translation>同步的设置由较新版本的 Chatdesk 写入，因此同步已关闭。请更新 Chatdesk，或在这里用同一个文件夹重新设置同步。较新的文件保留在数据文件夹中。</translation>
    </message>
    <message>
        <source>A file from {computer} could not be read here, because there was not enough memory, time or space for temporary files. It will be tried again, and nothing is lost. If this stays, close other programs.</source>
        <translation>无法在这台电脑上读取来自 {computer} 的一个文件，因为内存、时间或临时文件的空间不足。之后会重试，不会丢失任何内容。如果一直如此，请关闭其他程序。</translation>
    </message>
    <message>
        <source>Sign in with the right user name and password. Everything else stays as it is.</source>
        <translation>请使用正确的用户名和密码登录，其他一切保持不变。</translation>
    </message>
</context>
<context>
    <name>TagsRow</name>
    <message>
        <source>Reasoning tags</source>
        <translation>推理标签</translation>
    </message>
    <message>
        <source>Too many tags</source>
        <translation>标签过多，无法全部查找</translation>
    </message>
    <message>
        <source>Each line needs three entries: model, opening tag, closing tag</source>
        <translation>每行三项：模型、推理的起始标签、结束标签</translation>
    </message>
    <message>
        <source>A tag must have at least three characters</source>
        <translation>标签至少三个字符</translation>
    </message>
    <message>
        <source>A tag can have at most {count} characters</source>
        <translation>标签最多 {count} 个字符</translation>
    </message>
    <message>
        <source>A tag cannot contain ` or ~, or start or end with a space</source>
        <translation>标签不能含有 ` 或 ~，首尾不能有空格</translation>
    </message>
    <message>
        <source>The two tags must differ, and neither can contain the other</source>
        <translation>两个标签必须不同，且互不包含</translation>
    </message>
    <message>
        <source>For models that mark reasoning with tags unknown to Chatdesk. One model per line: name, opening tag, closing tag. Use * as a wildcard.</source>
        <translation>用于把思考写在未知标签之间的模型。每行一个模型：名称、起始标签、结束标签。* 代表任意内容。</translation>
    </message>
</context>
<context>
    <name>TextSection</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>ThinkChip</name>
    <message>
        <source>Reason before answering</source>
        <translation>回答前推理</translation>
    </message>
    <message>
        <source>Always reasons</source>
        <translation>始终推理</translation>
    </message>
    <message>
        <source>This model always reasons before it answers</source>
        <translation>此模型每次回答前都会推理，无可选项</translation>
    </message>
    <message>
        <source>Let the model reason before it answers</source>
        <translation>让模型先推理再回答</translation>
    </message>
    <message>
        <source>Reasoning: {how}</source>
        <translation>推理：{how}</translation>
    </message>
    <message>
        <source>How much the model reasons before it answers</source>
        <translation>模型回答前的推理强度</translation>
    </message>
    <message>
        <source>It is not known whether this model supports reasoning. If not, the setting is not sent.</source>
        <translation>不清楚此模型是否支持推理；若不支持，则不发送此设置</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
</context>
<context>
    <name>Thinking</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>极少</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>High</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Very high</source>
        <translation>很高</translation>
    </message>
    <message>
        <source>Maximum</source>
        <translation>最高</translation>
    </message>
</context>
<context>
    <name>ThinkingPresenter</name>
    <message>
        <source>The server does not accept a reasoning setting for this model, so none was sent</source>
        <translation>服务器不支持设定此模型的推理方式，因此未发送此设置</translation>
    </message>
    <message>
        <source>The server does not support the reasoning setting “{wanted}”, so “{used}” was sent</source>
        <translation>服务器不支持推理强度“{wanted}”，已改用“{used}”</translation>
    </message>
</context>
<context>
    <name>TimeoutsRow</name>
    <message>
        <source>Enter seconds from {least} to {most}, or leave empty.</source>
        <translation>{least} 到 {most} 秒，或留空。</translation>
    </message>
    <message>
        <source>Timeouts</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>A large model can take minutes before it starts to answer.</source>
        <translation>大模型在输出第一个字之前可能会沉默几分钟。</translation>
    </message>
    <message>
        <source>Connect timeout (s)</source>
        <translation>连接超时（秒）</translation>
    </message>
    <message>
        <source>Read timeout (s)</source>
        <translation>读取超时（秒）</translation>
    </message>
    <message>
        <source>Connect timeout in seconds</source>
        <translation>连接超时（秒）</translation>
    </message>
    <message>
        <source>Read timeout in seconds</source>
        <translation>读取超时（秒）</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认</translation>
    </message>
</context>
<context>
    <name>TitlePermission</name>
    <message>
        <source>Let online models write chat titles? Each title is a short request that {server} may charge for.</source>
        <translation>是否让在线模型拟定对话标题？每个标题需要一次简短请求，{server} 可能会计费。</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>Use first words</source>
        <translation>取首句</translation>
    </message>
</context>
<context>
    <name>TitleRow</name>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>预设：{name}</translation>
    </message>
    <message>
        <source>Remove preset {name}</source>
        <translation>移除预设“{name}”</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>显示或隐藏侧边栏</translation>
    </message>
    <message>
        <source>Show or hide outline</source>
        <translation>显示或隐藏大纲</translation>
    </message>
    <message>
        <source>Show or hide chat settings</source>
        <translation>显示或隐藏对话设置</translation>
    </message>
    <message>
        <source>Chat title</source>
        <translation>对话标题</translation>
    </message>
    <message>
        <source>save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ToastPresenter</name>
    <message>
        <source>A settings file was damaged</source>
        <translation>有一个设置文件已损坏</translation>
    </message>
    <message>
        <source>Some settings could not be used</source>
        <translation>有些设置无法使用</translation>
    </message>
    <message>
        <source>“{title}” was not opened</source>
        <translation>没有打开“{title}”</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>修复…</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>已删除对话</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>已删除 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>Deletion undone</source>
        <translation>已撤销删除</translation>
    </message>
    <message>
        <source>Move undone</source>
        <translation>已撤销移动</translation>
    </message>
    <message>
        <source>Renaming undone</source>
        <translation>已撤销重命名</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>An unexpected error occurred. Your chats are safe. See the log for details.</source>
        <translation>出现意外问题。你的对话没有受影响；详情见日志。</translation>
    </message>
    <message>
        <source>The old file was kept: {name}</source>
        <translation>旧文件已保留：{name}</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) recovered</source>
        <translation>
            <numerusform>已找回 %n 个对话</numerusform>
        </translation>
    </message>
    <message>
        <source>The last valid copy or the defaults are used. The damaged file is kept in the same folder.</source>
        <translation>已改用上一份完好的副本或默认设置。损坏的文件仍保留在原处旁边。</translation>
    </message>
    <message>
        <source>An error occurred the last time this chat was shown. The chat is still saved.</source>
        <translation>上次显示这个对话时出了问题。对话仍然保留着。</translation>
    </message>
    <message>
        <source>Open anyway</source>
        <translation>仍然打开</translation>
    </message>
    <message>
        <source>The weekly backup of your chats failed</source>
        <translation>未能完成每周的对话备份</translation>
    </message>
    <message>
        <source>A newer version of Chatdesk was used before</source>
        <translation>此前运行过更新版本的 Chatdesk</translation>
    </message>
    <message>
        <source>Its settings cannot be read by this version. They are kept in a separate file, and the defaults are used.</source>
        <translation>它写入的设置此版本无法读取，已另存为旁边的文件；现使用默认设置。</translation>
    </message>
    <message>
        <source>Other users of this computer can read your chats folder</source>
        <translation>这台计算机的其他用户可以查看保存你的对话的文件夹</translation>
    </message>
    <message>
        <source>Make private</source>
        <translation>设为仅自己可见</translation>
    </message>
    <message>
        <source>Changes that could not be saved last time have been restored</source>
        <translation>上次未能保存的内容已回到你的对话中</translation>
    </message>
    <message>
        <source>Another program was using or had replaced the chat database.</source>
        <translation>另一个程序当时占用或替换了存放对话的文件。</translation>
    </message>
    <message>
        <source>Changes that could not be saved last time cannot be read</source>
        <translation>上次未能保存的内容无法读取</translation>
    </message>
    <message>
        <source>Changes that could not be saved last time have been restored, but some may be missing</source>
        <translation>上次未能保存的内容已回到你的对话中，但可能有缺失</translation>
    </message>
    <message>
        <source>Their file was damaged. It is kept in the data folder: {name}</source>
        <translation>保存这些内容的文件已损坏，仍保留在数据文件夹中：{name}</translation>
    </message>
    <message>
        <source>Defaults are used for: {settings}. The old file was kept.</source>
        <translation>以下设置改用默认值：{settings}。原文件已保留。</translation>
    </message>
    <message>
        <source>Saved as preset “{name}”</source>
        <translation>已存为预设“{name}”</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Draft discarded</source>
        <translation>已放弃草稿</translation>
    </message>
    <message numerus="yes">
        <source>No backup for %n day(s)</source>
        <translation>
            <numerusform>已 %n 天没有备份</numerusform>
        </translation>
    </message>
    <message>
        <source>All data has moved</source>
        <translation>所有数据已移动</translation>
    </message>
    <message>
        <source>“{title}” was deleted on {computer}</source>
        <translation>“{title}”已在“{computer}”上删除</translation>
    </message>
    <message>
        <source>“{title}” was deleted on another computer</source>
        <translation>“{title}”已在另一台电脑上删除</translation>
    </message>
    <message>
        <source>What you were writing is kept in the new chat.</source>
        <translation>你正在写的内容已保留在新对话中。</translation>
    </message>
    <message>
        <source>“{title}” has been permanently deleted</source>
        <translation>“{title}”已永久删除</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Synchronisation is off</source>
        <translation>同步已关闭</translation>
    </message>
    <message>
        <source>Its settings could not be read. Set it up again in Settings.</source>
        <translation>其设置无法读取。请在设置中重新设置同步。</translation>
    </message>
</context>
<context>
    <name>TokenRow</name>
    <message>
        <source>This is not a token. It is one line that begins with hf_.</source>
        <translation>这不是令牌。令牌是以 hf_ 开头的一行文字。</translation>
    </message>
    <message>
        <source>Token for Hugging Face</source>
        <translation>Hugging Face 令牌</translation>
    </message>
    <message>
        <source>Create one</source>
        <translation>创建令牌</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>更换</translation>
    </message>
    <message>
        <source>Add token</source>
        <translation>添加令牌</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Paste the token: hf_…</source>
        <translation>粘贴令牌：hf_…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Only for models whose page asks for an account. It is kept in the system keyring and sent to huggingface.co only.</source>
        <translation>仅用于页面要求账号的模型。它保存在系统密钥环中，只会发送给 huggingface.co。</translation>
    </message>
    <message>
        <source>Saved, but not used: {host} is a mirror and does not receive it.</source>
        <translation>已保存但未使用：{host} 是镜像，不会收到它。</translation>
    </message>
    <message>
        <source>Saved in the system keyring. It is sent to huggingface.co only.</source>
        <translation>已保存在系统密钥环中，只会发送给 huggingface.co。</translation>
    </message>
    <message>
        <source>Kept until you quit Chatdesk, because no system keyring was found.</source>
        <translation>由于未找到系统密钥环，仅保留到退出 Chatdesk 为止。</translation>
    </message>
</context>
<context>
    <name>InstructionsView</name>
    <message>
        <source>Back to chat settings</source>
        <translation>返回对话设置</translation>
    </message>
    <message>
        <source>Copy all instructions</source>
        <translation>复制全部指令</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Instructions sent to the model</source>
        <translation>模型收到的指令</translation>
    </message>
    <message>
        <source>Sent before the conversation, joined in this order.</source>
        <translation>在对话之前发送，按此顺序合并。</translation>
    </message>
    <message>
        <source>Instructions used</source>
        <translation>模型当时收到的指令</translation>
    </message>
    <message>
        <source>The instructions of the answer from {time} were not recorded.</source>
        <translation>{time} 的回答没有记录当时的指令。</translation>
    </message>
    <message>
        <source>For the answer from {time}. It keeps these instructions when the settings change.</source>
        <translation>这是 {time} 的回答所用的指令。更改设置不会影响它们。</translation>
    </message>
    <message>
        <source>There were no instructions for the answer from {time}.</source>
        <translation>{time} 的回答没有任何指令。</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>Queue</source>
        <translation>排队发送</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>添加文件</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Use preset</source>
        <translation>使用预设</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>Attach a folder…</source>
        <translation>添加文件夹…</translation>
    </message>
</context>
<context>
    <name>TranscriptTexts</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>换行</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>长行自动换行</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存为…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Show the preview</source>
        <translation>显示预览</translation>
    </message>
    <message>
        <source>Open preview</source>
        <translation>打开预览</translation>
    </message>
    <message>
        <source>Copy code block</source>
        <translation>复制代码块</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>复制所选内容</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>复制消息</translation>
    </message>
    <message>
        <source>Copy reasoning</source>
        <translation>复制思考过程</translation>
    </message>
    <message>
        <source>Show reasoning</source>
        <translation>展开思考过程</translation>
    </message>
    <message>
        <source>Hide reasoning</source>
        <translation>收起思考过程</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>复制为</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>纯文本</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>带格式文本</translation>
    </message>
    <message>
        <source>Regenerate with</source>
        <translation>换个模型重新生成</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Quote selection</source>
        <translation>引用所选内容</translation>
    </message>
    <message>
        <source>Branch to a new chat</source>
        <translation>从这里新建分支对话</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>链接</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>打开链接</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>复制链接地址</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>显示全部</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>More</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>思考中</translation>
    </message>
    <message>
        <source>Thought</source>
        <translation>已思考</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>对话</translation>
    </message>
    <message numerus="yes">
        <source>Code, %n lines</source>
        <translation>
            <numerusform>代码，%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Table, %n rows</source>
        <translation>
            <numerusform>表格，%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n lines</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sources</source>
        <translation>
            <numerusform>%n 个来源</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n sources</source>
        <translation>
            <numerusform>显示全部 %n 个来源</numerusform>
        </translation>
    </message>
    <message>
        <source>Source {number}: {words}</source>
        <translation>来源 {number}：{words}</translation>
    </message>
    <message>
        <source>Open {title} in the browser</source>
        <translation>在浏览器中打开 {title}</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>得分 {score}</translation>
    </message>
    <message>
        <source>file {first}</source>
        <translation>第 {first} 个文件</translation>
    </message>
    <message>
        <source>files {first}–{last}</source>
        <translation>第 {first}–{last} 个文件</translation>
    </message>
    <message>
        <source>{place}: no such file</source>
        <translation>{place}：没有此文件</translation>
    </message>
    <message numerus="yes">
        <source>%n more characters</source>
        <translation>
            <numerusform>还有 %n 个字符</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens read</source>
        <translation>
            <numerusform>读取 %n 个 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens written</source>
        <translation>
            <numerusform>写出 %n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>You stopped this answer.</source>
        <translation>你停止了这次回答。</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>Edited by you</source>
        <translation>由你编辑过</translation>
    </message>
    <message>
        <source>The answer reached the maximum length.</source>
        <translation>回答已达到长度上限。</translation>
    </message>
    <message>
        <source>The answer failed.</source>
        <translation>回答失败。</translation>
    </message>
    <message>
        <source>Starting the built-in model</source>
        <translation>正在启动内置模型</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>正在等待服务器</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>正在读取提示词</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>Picture: {name}</source>
        <translation>图片：{name}</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Tool</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Still writing</source>
        <translation>仍在输出</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>模型没有给出回答。</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>{sentence}: {action}</source>
        <translation>{sentence}：{action}</translation>
    </message>
    <message>
        <source>Shown in the side panel</source>
        <translation>已在右侧显示</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>无标题</translation>
    </message>
    <message>
        <source>Copy whole chat</source>
        <translation>复制整个对话</translation>
    </message>
    <message>
        <source>once the answer is complete</source>
        <translation>回答完成后可用</translation>
    </message>
    <message>
        <source>Move a text cursor with the arrow keys</source>
        <translation>方向键移动文本光标</translation>
    </message>
    <message>
        <source>Move between messages with the arrow keys</source>
        <translation>方向键在消息之间移动</translation>
    </message>
    <message>
        <source>Go to latest message</source>
        <translation>跳到最新消息</translation>
    </message>
    <message>
        <source>New text below. Go to latest message</source>
        <translation>下方有新内容：转到最新消息</translation>
    </message>
    <message>
        <source>Waiting for the built-in engine</source>
        <translation>正在等待内置引擎空闲</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>Summarising earlier messages</source>
        <translation>正在概括对话的开头</translation>
    </message>
    <message>
        <source>No response. Retrying in {time}</source>
        <translation>没有响应，{time}后重试</translation>
    </message>
    <message>
        <source>Server busy. Retrying in {time}</source>
        <translation>服务器繁忙，{time}后重试</translation>
    </message>
    <message>
        <source>version {number} of {count}</source>
        <translation>第 {number} 版，共 {count} 版</translation>
    </message>
    <message>
        <source>{title}, {details}: shown in the side panel, go there</source>
        <translation>{title}，{details}：已在右侧显示，转到该处</translation>
    </message>
    <message>
        <source>Open preview of {title}, {details}</source>
        <translation>打开预览：{title}，{details}</translation>
    </message>
    <message>
        <source>First token after {seconds} s</source>
        <translation>{seconds} 秒后出现首个 token</translation>
    </message>
    <message>
        <source>{duration} in total</source>
        <translation>共 {duration}</translation>
    </message>
    <message>
        <source>{name} (once the answer is complete)</source>
        <translation>{name}（回答完成后可用）</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>The answer was interrupted. The text received so far is kept.</source>
        <translation>回答中断。已收到的内容已保留。</translation>
    </message>
    <message>
        <source>Thought for {duration}</source>
        <translation>已思考 {duration}</translation>
    </message>
    <message>
        <source>The model requested the tool “{name}”. It was not run.</source>
        <translation>模型请求使用工具“{name}”，未运行。</translation>
    </message>
    <message>
        <source>{speed} tokens/s</source>
        <translation>{speed} token/秒</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} 分 {seconds} 秒</translation>
    </message>
    <message>
        <source>Working: {name}</source>
        <translation>运行中：{name}</translation>
    </message>
    <message>
        <source>Leave out oldest</source>
        <translation>略去最早的消息</translation>
    </message>
    <message>
        <source>Summarise oldest</source>
        <translation>概括最早的消息</translation>
    </message>
    <message>
        <source>The server silently dropped part of this chat.</source>
        <translation>服务器未作说明就略去了此对话的一部分。</translation>
    </message>
    <message>
        <source>It processed {read} of about {sent} tokens.</source>
        <translation>约 {sent} 个 token 中它只读取了 {read} 个。</translation>
    </message>
    <message>
        <source>The model reached the maximum length while still reasoning. There is no answer yet.</source>
        <translation>达到最大长度时模型仍在思考，尚无回答。</translation>
    </message>
    <message>
        <source>The model produced only reasoning and no answer.</source>
        <translation>模型只进行了推理，没有给出回答。</translation>
    </message>
    <message>
        <source>This answer was cut off by the server&apos;s content filter.</source>
        <translation>服务器的内容过滤器中断了这个回答。</translation>
    </message>
    <message>
        <source>The server stopped this answer. The text received so far is kept.</source>
        <translation>服务器中断了这个回答。已收到的内容已保留。</translation>
    </message>
    <message>
        <source>The server returned an unknown finish reason</source>
        <translation>服务器返回了未知的结束原因</translation>
    </message>
    <message>
        <source>Some characters arrived damaged and are shown as �.</source>
        <translation>部分字符在传输中损坏，以 � 代替。</translation>
    </message>
    <message>
        <source>The model no longer sees the messages above</source>
        <translation>模型已看不到以上内容</translation>
    </message>
    <message>
        <source>The model sees a summary of the messages above</source>
        <translation>模型看到的是以上内容的摘要</translation>
    </message>
    <message>
        <source>The messages above will be summarised when you send</source>
        <translation>发送时会为以上内容生成摘要</translation>
    </message>
    <message>
        <source>View…</source>
        <translation>阅读…</translation>
    </message>
    <message>
        <source>Hide: {title}</source>
        <translation>收起：{title}</translation>
    </message>
    <message>
        <source>Show: {title}</source>
        <translation>展开：{title}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Instructions used</source>
        <translation>模型当时收到的指令</translation>
    </message>
    <message>
        <source>{action}, code block {number}</source>
        <translation>{action}，代码块 {number}</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>绘制</translation>
    </message>
    <message>
        <source>Draw the diagram</source>
        <translation>绘制图表</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>停止绘制</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Show in the side panel</source>
        <translation>在侧边栏中显示</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>复制图片</translation>
    </message>
    <message>
        <source>Save picture as…</source>
        <translation>图片另存为…</translation>
    </message>
    <message>
        <source>The diagram could not be drawn.</source>
        <translation>无法绘制此图表。</translation>
    </message>
    <message numerus="yes">
        <source>%n of them from the cache</source>
        <translation>
            <numerusform>其中 %n 个来自缓存</numerusform>
        </translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>line {first}</source>
        <translation>第 {first} 行</translation>
    </message>
    <message>
        <source>lines {first}–{last}</source>
        <translation>第 {first}–{last} 行</translation>
    </message>
    <message>
        <source>sheet {first}</source>
        <translation>工作表 {first}</translation>
    </message>
    <message>
        <source>sheets {first}–{last}</source>
        <translation>工作表 {first}–{last}</translation>
    </message>
    <message>
        <source>slide {first}</source>
        <translation>幻灯片 {first}</translation>
    </message>
    <message>
        <source>slides {first}–{last}</source>
        <translation>幻灯片 {first}–{last}</translation>
    </message>
    <message>
        <source>ch. {first}</source>
        <translation>第 {first} 章</translation>
    </message>
    <message>
        <source>ch. {first}–{last}</source>
        <translation>第 {first}–{last} 章</translation>
    </message>
    <message>
        <source>p. {first}</source>
        <translation>第 {first} 页</translation>
    </message>
    <message>
        <source>pp. {first}–{last}</source>
        <translation>第 {first}–{last} 页</translation>
    </message>
    <message>
        <source>{place}: no such document</source>
        <translation>{place}：没有此文档</translation>
    </message>
    <message>
        <source>{place}: no such sheet</source>
        <translation>{place}：没有此工作表</translation>
    </message>
    <message>
        <source>{place}: no such slide</source>
        <translation>{place}：没有此幻灯片</translation>
    </message>
    <message>
        <source>{place}: no such chapter</source>
        <translation>{place}：没有此章</translation>
    </message>
    <message>
        <source>{place}: no such page</source>
        <translation>{place}：没有此页</translation>
    </message>
    <message>
        <source>{place}: not sent</source>
        <translation>{place}：未发送</translation>
    </message>
    <message>
        <source>This chat has no document {number}.</source>
        <translation>此对话中没有文档 {number}。</translation>
    </message>
    <message>
        <source>{name} ends before {place}.</source>
        <translation>{name} 在{place}之前就结束了。</translation>
    </message>
    <message>
        <source>{name} has no pages.</source>
        <translation>{name} 没有页码。</translation>
    </message>
    <message>
        <source>No part of {name} was sent to the model.</source>
        <translation>{name} 的内容未发送给模型。</translation>
    </message>
    <message>
        <source>{name}, {place}, was not sent to the model.</source>
        <translation>{name} 的{place}未发送给模型。</translation>
    </message>
    <message>
        <source>Open document</source>
        <translation>打开文档</translation>
    </message>
    <message>
        <source>Copy citation</source>
        <translation>复制引用</translation>
    </message>
    <message>
        <source>Nothing in {name} matches the question</source>
        <translation>{name} 中没有与问题匹配的内容</translation>
    </message>
    <message>
        <source>Nothing in {name} matches “{words}”</source>
        <translation>{name} 中没有与“{words}”匹配的内容</translation>
    </message>
    <message>
        <source>{name}, {place}</source>
        <translation>{name}，{place}</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Save table</source>
        <translation>保存表格</translation>
    </message>
    <message>
        <source>Save as Excel…</source>
        <translation>另存为 Excel…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存为 CSV…</translation>
    </message>
    <message>
        <source>Save as Word…</source>
        <translation>另存为 Word…</translation>
    </message>
    <message>
        <source>Export message…</source>
        <translation>导出消息…</translation>
    </message>
    <message>
        <source>Export chat…</source>
        <translation>导出对话…</translation>
    </message>
</context>
<context>
    <name>TranslationBar</name>
    <message>
        <source>Detected: {language}</source>
        <translation>检测到：{language}</translation>
    </message>
    <message>
        <source>Detect language</source>
        <translation>检测语言</translation>
    </message>
    <message>
        <source>From</source>
        <translation>源语言</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目标语言</translation>
    </message>
    <message>
        <source>Swap languages</source>
        <translation>互换语言</translation>
    </message>
    <message>
        <source>Copy translation</source>
        <translation>复制译文</translation>
    </message>
    <message>
        <source>Save translation…</source>
        <translation>保存译文…</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n 个词</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n 个字</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranslationDesk</name>
    <message>
        <source>Translate again</source>
        <translation>重新翻译</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>And {count} more</source>
        <translation>还有 {count} 处</translation>
    </message>
    <message>
        <source>Starting the built-in model…</source>
        <translation>正在启动内置模型…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Translate everything again</source>
        <translation>全部重新翻译</translation>
    </message>
    <message>
        <source>Missing: {mark}</source>
        <translation>缺少：{mark}</translation>
    </message>
    <message>
        <source>Not in the source: {mark}</source>
        <translation>原文没有：{mark}</translation>
    </message>
    <message>
        <source>This does not seem to be in {language}.</source>
        <translation>这似乎不是{language}。</translation>
    </message>
    <message>
        <source>The built-in model is too small for good translations.</source>
        <translation>内置模型太小，翻译效果不好。</translation>
    </message>
    <message>
        <source>The source text has changed since this translation.</source>
        <translation>译完之后原文又改过。</translation>
    </message>
    <message>
        <source>This translation is incomplete.</source>
        <translation>没有译完。</translation>
    </message>
    <message>
        <source>You edited this; your text is not replaced.</source>
        <translation>这是你写的，会保留。</translation>
    </message>
    <message>
        <source>Waiting for the built-in engine…</source>
        <translation>正在等待内置引擎空闲…</translation>
    </message>
    <message>
        <source>The server is busy. Retrying in a moment…</source>
        <translation>服务器繁忙，稍后自动重试。</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>正在尝试连接服务器…</translation>
    </message>
    <message>
        <source>Open text file…</source>
        <translation>打开文本文件…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>The glossary translates “{source}” as “{target}”.</source>
        <translation>术语表规定“{source}”译为“{target}”。</translation>
    </message>
    <message>
        <source>This is identical to the source.</source>
        <translation>这和原文一样。</translation>
    </message>
    <message>
        <source>Translating</source>
        <translation>正在翻译</translation>
    </message>
    <message>
        <source>The translation appears here</source>
        <translation>译文将显示在这里</translation>
    </message>
    <message>
        <source>{done} of {all} paragraphs</source>
        <translation>已翻译 {done}/{all} 段</translation>
    </message>
    <message>
        <source>Not translated</source>
        <translation>不翻译</translation>
    </message>
</context>
<context>
    <name>TranslationFiles</name>
    <message>
        <source>Texts</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Import terms</source>
        <translation>导入术语</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Open text file</source>
        <translation>打开文本文件</translation>
    </message>
</context>
<context>
    <name>TranslationFooter</name>
    <message>
        <source>Translate this row again</source>
        <translation>重新翻译这一行</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Alternative translations</source>
        <translation>这句话的其他译法</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>其他译法</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Translate</source>
        <translation>翻译</translation>
    </message>
    <message>
        <source>Translate new or changed text</source>
        <translation>翻译新增或修改过的文字</translation>
    </message>
</context>
<context>
    <name>TranslationHeader</name>
    <message>
        <source>Glossary ({count})</source>
        <translation>术语表（{count}）</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>术语表</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>TranslationPage</name>
    <message>
        <source>The text was replaced.</source>
        <translation>文本已替换。</translation>
    </message>
    <message>
        <source>Source and translation, row by row</source>
        <translation>原文和译文，逐行对照</translation>
    </message>
    <message>
        <source>The sentence was replaced.</source>
        <translation>句子已替换。</translation>
    </message>
    <message>
        <source>Your edits were replaced.</source>
        <translation>你写的内容已被替换。</translation>
    </message>
    <message>
        <source>Translation copied to the clipboard.</source>
        <translation>译文已复制到剪贴板。</translation>
    </message>
    <message>
        <source>The translator was cleared.</source>
        <translation>已清空。</translation>
    </message>
    <message>
        <source>Translator: {progress}</source>
        <translation>翻译：{progress}</translation>
    </message>
    <message>
        <source>Write or paste the text, or drop a file</source>
        <translation>输入或粘贴文字，或拖入文件</translation>
    </message>
    <message>
        <source>The text is already in {language}. Choose another language.</source>
        <translation>原文已是{language}，请选择其他语言。</translation>
    </message>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>%n 处待检查</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TrialColumn</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答形式</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>TrialPane</name>
    <message>
        <source>Compare two models or versions</source>
        <translation>比较两个模型或版本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>示例输入</translation>
    </message>
    <message>
        <source>Try with sample</source>
        <translation>用示例试运行</translation>
    </message>
    <message>
        <source>Example text for the composer</source>
        <translation>相当于在输入框里写的内容</translation>
    </message>
</context>
<context>
    <name>TrialPresenter</name>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未保存的更改</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>第 {number} 版</translation>
    </message>
    <message>
        <source>Required: {name}</source>
        <translation>还需要填写：{name}</translation>
    </message>
    <message>
        <source>Enter a sample to try the preset with.</source>
        <translation>请先写一段示例。</translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} 秒</translation>
    </message>
</context>
<context>
    <name>UndoNotice</name>
    <message>
        <source>{server} was removed</source>
        <translation>已移除 {server}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>UpdatePresenter</name>
    <message>
        <source>Chatdesk {version} is available</source>
        <translation>Chatdesk {version} 已发布</translation>
    </message>
    <message>
        <source>You have version {version}.</source>
        <translation>当前版本为 {version}。</translation>
    </message>
    <message>
        <source>Open release page</source>
        <translation>打开发布页面</translation>
    </message>
</context>
<context>
    <name>UpdatesCard</name>
    <message>
        <source>Check now</source>
        <translation>立即检查</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>尚未检查。</translation>
    </message>
    <message>
        <source>Last checked {when}.</source>
        <translation>上次检查：{when}。</translation>
    </message>
    <message>
        <source>Open release page</source>
        <translation>打开发布页面</translation>
    </message>
    <message>
        <source>This build has no update address. Check where you downloaded it.</source>
        <translation>此版本未配置更新地址，请到下载处查看。</translation>
    </message>
    <message>
        <source>Checking for updates…</source>
        <translation>正在查询最新版本…</translation>
    </message>
    <message>
        <source>Version {new} is available. You have {here}.</source>
        <translation>新版本 {new} 已发布，当前版本为 {here}。</translation>
    </message>
    <message>
        <source>You have the latest version.</source>
        <translation>当前已是最新版本。</translation>
    </message>
    <message>
        <source>No update address is configured.</source>
        <translation>不知道在哪里查询新版本。</translation>
    </message>
    <message>
        <source>The release page could not be reached. Check your internet connection.</source>
        <translation>无法连接发布页面。请检查网络是否已连接。</translation>
    </message>
    <message>
        <source>Nothing was sent: the connection to the release page is not trusted.</source>
        <translation>与发布页面的连接不可信，因此没有发出查询。</translation>
    </message>
    <message>
        <source>The release page did not respond in time. Try again later.</source>
        <translation>发布页面没有及时响应，请稍后再试。</translation>
    </message>
    <message>
        <source>The release page redirects to another site. Chatdesk does not follow it.</source>
        <translation>发布页面指向了别处。Chatdesk 不会向未知的地址发出查询。</translation>
    </message>
    <message>
        <source>The release page rejected the request. Try again later.</source>
        <translation>发布页面拒绝响应，请稍后再试。</translation>
    </message>
    <message>
        <source>The release page returned no version.</source>
        <translation>返回的内容中没有版本号。</translation>
    </message>
</context>
<context>
    <name>UploadField</name>
    <message>
        <source>Choose another…</source>
        <translation>换一个…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>添加文件…</translation>
    </message>
    <message>
        <source>{count} of {most}</source>
        <translation>{count} / {most}</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Maximum {most} files</source>
        <translation>最多接受 {most} 个</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
</context>
<context>
    <name>UseRow</name>
    <message>
        <source>Test the connection first</source>
        <translation>请先测试连接</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>立即使用</translation>
    </message>
    <message>
        <source>Opens the chat you came from, with this model and what you had typed.</source>
        <translation>回到之前的对话，使用此模型，已输入的内容会保留。</translation>
    </message>
</context>
<context>
    <name>VariableForm</name>
    <message>
        <source>optional</source>
        <translation>选填</translation>
    </message>
    <message>
        <source>Required.</source>
        <translation>此项必填。</translation>
    </message>
</context>
<context>
    <name>VariableRow</name>
    <message>
        <source>Type, default and choices of {name}</source>
        <translation>{name} 的类型、默认值和选项</translation>
    </message>
</context>
<context>
    <name>Variables</name>
    <message>
        <source>your text in the composer</source>
        <translation>输入框中的内容</translation>
    </message>
    <message>
        <source>current date</source>
        <translation>今天的日期</translation>
    </message>
    <message>
        <source>current time</source>
        <translation>当前时间</translation>
    </message>
    <message>
        <source>locale of this computer</source>
        <translation>本机的语言和地区</translation>
    </message>
    <message>
        <source>name of the current model</source>
        <translation>正在提问的模型</translation>
    </message>
    <message>
        <source>language of the chat</source>
        <translation>对话所用的语言</translation>
    </message>
</context>
<context>
    <name>Vendors</name>
    <message>
        <source>DashScope (Qwen)</source>
        <translation>通义千问（阿里云百炼）</translation>
    </message>
    <message>
        <source>Moonshot (Kimi)</source>
        <translation>Kimi（月之暗面）</translation>
    </message>
    <message>
        <source>Zhipu (GLM)</source>
        <translation>智谱（GLM）</translation>
    </message>
    <message>
        <source>SiliconFlow</source>
        <translation>硅基流动</translation>
    </message>
    <message>
        <source>VectorVein (this computer)</source>
        <translation>VectorVein（本机）</translation>
    </message>
</context>
<context>
    <name>VersionModel</name>
    <message>
        <source>Shown</source>
        <translation>正在显示</translation>
    </message>
</context>
<context>
    <name>VersionPresenter</name>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>约 %n 个 token</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed by you</source>
        <translation>由你修改</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>Version {number} was restored</source>
        <translation>已恢复第 {number} 版</translation>
    </message>
    <message>
        <source>Version {number}, restored by you</source>
        <translation>由你恢复的版本 {number}</translation>
    </message>
    <message>
        <source>Answer to “{question}”</source>
        <translation>对“{question}”的回答</translation>
    </message>
</context>
<context>
    <name>VersionStepper</name>
    <message>
        <source>Previous version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>v{number}</source>
        <translation>v{number}</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>版本 {number}</translation>
    </message>
    <message>
        <source>All versions and changes</source>
        <translation>所有版本及其改动</translation>
    </message>
</context>
<context>
    <name>VersionsPane</name>
    <message>
        <source>Back to preset</source>
        <translation>返回预设</translation>
    </message>
    <message>
        <source>Versions of {name}</source>
        <translation>“{name}”的历史版本</translation>
    </message>
</context>
<context>
    <name>VersionsPopup</name>
    <message>
        <source>Writing alternatives…</source>
        <translation>正在写其他译法…</translation>
    </message>
    <message>
        <source>Alternative translations</source>
        <translation>这句话的其他译法</translation>
    </message>
    <message>
        <source>More alternatives</source>
        <translation>再换几种</translation>
    </message>
</context>
<context>
    <name>VersionsView</name>
    <message>
        <source>Comparing…</source>
        <translation>正在比较…</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Run this version in the preview</source>
        <translation>在预览中运行此版本</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>This is the first version.</source>
        <translation>这是第一个版本，之前没有其他版本。</translation>
    </message>
    <message>
        <source>The code is identical.</source>
        <translation>代码没有变化。</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Copy differences</source>
        <translation>复制差异</translation>
    </message>
    <message>
        <source>Adds this as the newest version. The chat is not changed.</source>
        <translation>将它作为你自己的版本，成为最新版本。对话内容保持不变。</translation>
    </message>
</context>
<context>
    <name>WebDavFields</name>
    <message>
        <source>Unchanged</source>
        <translation>未更改</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Some servers need a separate one for programs.</source>
        <translation>有些服务器需要为应用程序单独设置密码。</translation>
    </message>
    <message>
        <source>Kept in the system keyring.</source>
        <translation>保存在系统密钥环中。</translation>
    </message>
    <message>
        <source>To keep it, install GNOME Keyring or KWallet, and log in again.</source>
        <translation>如需长期保存，请安装 GNOME Keyring 或 KWallet 并重新登录系统。</translation>
    </message>
    <message>
        <source>No system keyring was found. The password is kept only until you quit Chatdesk.</source>
        <translation>没有找到系统密钥环。密码只保留到退出 Chatdesk 为止。</translation>
    </message>
    <message>
        <source>The system keyring is locked or does not respond. The password is kept only until you quit Chatdesk.</source>
        <translation>系统密钥环已锁定或没有响应。密码只保留到退出 Chatdesk 为止。</translation>
    </message>
    <message>
        <source>To keep it, unlock the keyring, and enter the password again.</source>
        <translation>如需长期保存，请解锁密钥环，然后重新输入密码。</translation>
    </message>
</context>
<context>
    <name>WorkRow</name>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>WorkStep</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>You can continue working. All chats appear together when the import is complete.</source>
        <translation>你可以继续工作。全部导入后，对话会一起出现。</translation>
    </message>
</context>
<context>
    <name>YearBars</name>
    <message>
        <source>No date</source>
        <translation>无日期</translation>
    </message>
    <message>
        <source>to {year}</source>
        <translation>{year} 及以前</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ElapsedTexts</name>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n 分钟前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n 小时前</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_FindingRow</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>…… 还有 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Handle</name>
    <message>
        <source>Divider</source>
        <translation>分隔条</translation>
    </message>
</context>
<context>
    <name>_Introduction</name>
    <message>
        <source>One preset, many texts</source>
        <translation>一个预设，处理多个文本</translation>
    </message>
    <message>
        <source>Choose a preset</source>
        <translation>选择预设</translation>
    </message>
    <message>
        <source>Summarise, translate, reply: any of yours</source>
        <translation>概括、翻译、回复，任意预设均可</translation>
    </message>
    <message>
        <source>Add files, or a table with a row for each</source>
        <translation>添加文件，或每行一条的表格</translation>
    </message>
    <message>
        <source>With a table, columns fill the preset&apos;s fields</source>
        <translation>表格的列可填入预设的字段</translation>
    </message>
    <message>
        <source>Start, and read the answers as they arrive</source>
        <translation>开始运行，边出结果边查看</translation>
    </message>
    <message>
        <source>Nothing is sent before you press Start</source>
        <translation>点击“开始”前不会发送任何内容</translation>
    </message>
</context>
<context>
    <name>_KeyPage</name>
    <message>
        <source>At {host}, with your account there.</source>
        <translation>在 {host} 用你的账号创建。</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开网页</translation>
    </message>
</context>
<context>
    <name>_KeyRow</name>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reset shortcut of {command}</source>
        <translation>重置“{command}”的快捷键</translation>
    </message>
</context>
<context>
    <name>_LocationRow</name>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n 个模型</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove {name} from this list</source>
        <translation>从列表中移除 {name}</translation>
    </message>
    <message>
        <source>currently missing</source>
        <translation>目前不在</translation>
    </message>
</context>
<context>
    <name>_LossTexts</name>
    <message numerus="yes">
        <source>%n picture(s) missing in the file</source>
        <translation>
            <numerusform>%n 张图片不在文件中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) missing in the file</source>
        <translation>
            <numerusform>%n 个文档不在文件中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sound of %n voice message(s)</source>
        <translation>
            <numerusform>%n 条语音消息的声音</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n 个视频</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) without a message</source>
        <translation>
            <numerusform>%n 个没有消息的对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged chat(s)</source>
        <translation>
            <numerusform>%n 个损坏的对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged message(s)</source>
        <translation>
            <numerusform>%n 条损坏的消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool call(s)</source>
        <translation>
            <numerusform>%n 次工具调用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) of answers</source>
        <translation>
            <numerusform>%n 个回答来源</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The end of %n very long text(s)</source>
        <translation>
            <numerusform>%n 段过长文本的结尾</numerusform>
        </translation>
    </message>
    <message>
        <source>What the program remembers about you</source>
        <translation>该程序记住的关于你的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n shared link(s)</source>
        <translation>
            <numerusform>%n 个分享链接</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 个对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n 个文档</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另外 %n 个</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ModelPopup</name>
    <message>
        <source>No results</source>
        <translation>没有结果</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜索模型</translation>
    </message>
</context>
<context>
    <name>_DestinationRow</name>
    <message>
        <source>Enter a name for the folder.</source>
        <translation>请输入文件夹名称。</translation>
    </message>
    <message>
        <source>Folders as in {program}</source>
        <translation>与 {program} 相同的文件夹</translation>
    </message>
    <message>
        <source>Same folders as there</source>
        <translation>与原程序相同的文件夹</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新建文件夹</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>不放入文件夹</translation>
    </message>
    <message>
        <source>Put them into</source>
        <translation>放入</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>文件夹名称</translation>
    </message>
    <message>
        <source>Put it into</source>
        <translation>放入</translation>
    </message>
</context>
<context>
    <name>_ReportTexts</name>
    <message numerus="yes">
        <source>%n chat(s) are in the folder {folder}</source>
        <translation>
            <numerusform>%n 个对话已在文件夹“{folder}”中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) imported</source>
        <translation>
            <numerusform>已导入 %n 个对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) with new messages</source>
        <translation>
            <numerusform>%n 个对话有新消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) back from Recently deleted</source>
        <translation>
            <numerusform>从“最近删除”恢复了 %n 个对话</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new folder(s)</source>
        <translation>
            <numerusform>%n 个新文件夹</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s)</source>
        <translation>
            <numerusform>%n 个预设</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s)</source>
        <translation>
            <numerusform>%n 个术语表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s) imported</source>
        <translation>
            <numerusform>已导入 %n 个术语表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) imported</source>
        <translation>
            <numerusform>已导入 %n 个预设</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n provider(s) added</source>
        <translation>
            <numerusform>已添加 %n 个提供商</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_RowTexts</name>
    <message>
        <source>Untitled chat</source>
        <translation>无标题对话</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>已在这里</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n 条新消息</numerusform>
        </translation>
    </message>
    <message>
        <source>In Recently deleted</source>
        <translation>在“最近删除”中</translation>
    </message>
</context>
<context>
    <name>_Rows</name>
    <message>
        <source>{chosen} of {count} chosen</source>
        <translation>已选 {chosen} 个，共 {count} 个</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已选</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未选</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>{size}, generated</source>
        <translation>{size}，自动生成</translation>
    </message>
    <message>
        <source>{size}, attached separately</source>
        <translation>{size}，单独添加</translation>
    </message>
</context>
<context>
    <name>_SourceHead</name>
    <message>
        <source>Other file…</source>
        <translation>其他文件…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message>
        <source>, </source>
        <comment>between the items of a list</comment>
        <translation>、</translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) would not be included.</source>
        <translation>
            <numerusform>最早的 %n 条消息将不会一起发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) are not included, because the chat does not fit the context window.</source>
        <translation>
            <numerusform>最早的 %n 条消息不会一起发送：对话超过了模型一次能读的长度。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) are sent as a summary.</source>
        <translation>
            <numerusform>最早的 %n 条消息以摘要形式一起发送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) will be summarised when you send.</source>
        <translation>
            <numerusform>发送时会先概括最早的 %n 条消息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Relevant passages</source>
        <translation>相关段落</translation>
    </message>
    <message>
        <source>No matching passage</source>
        <translation>没有匹配的段落</translation>
    </message>
    <message>
        <source>{sent} of {count} passages</source>
        <translation>{count} 个段落中的 {sent} 个</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>无文字</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在读取…</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} pages</source>
        <translation>正在读取，第 {read}/{count} 页</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} sheets</source>
        <translation>正在读取，第 {read}/{count} 个工作表</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} slides</source>
        <translation>正在读取，第 {read}/{count} 张幻灯片</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} parts</source>
        <translation>正在读取，第 {read}/{count} 部分</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 页</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s)</source>
        <translation>
            <numerusform>%n 个工作表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slide(s)</source>
        <translation>
            <numerusform>%n 张幻灯片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chapter(s)</source>
        <translation>
            <numerusform>%n 章</numerusform>
        </translation>
    </message>
    <message>
        <source>{name}, file {number}</source>
        <translation>{name}，第 {number} 个文件</translation>
    </message>
    <message>
        <source>{sent} of {count} pages</source>
        <translation>{count} 页中的 {sent} 页</translation>
    </message>
    <message>
        <source>{sent} of {count} sheets</source>
        <translation>{count} 个工作表中的 {sent} 个</translation>
    </message>
    <message>
        <source>{sent} of {count} slides</source>
        <translation>{count} 张幻灯片中的 {sent} 张</translation>
    </message>
    <message>
        <source>{sent} of {count} chapters</source>
        <translation>{count} 章中的 {sent} 章</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Text document</source>
        <translation>文字文档</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>幻灯片</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>电子书</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>富文本</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>网页</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>电子邮件</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>笔记本</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n 个附件</numerusform>
        </translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 页</translation>
    </message>
    <message>
        <source>Sheet {number}</source>
        <translation>工作表 {number}</translation>
    </message>
    <message>
        <source>Slide {number}</source>
        <translation>幻灯片 {number}</translation>
    </message>
    <message>
        <source>Chapter {number}</source>
        <translation>第 {number} 章</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文档中查找</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>{name}, page {number}</source>
        <translation>{name}，第 {number} 页</translation>
    </message>
    <message>
        <source>{name}, sheet {number}</source>
        <translation>{name}，第 {number} 个工作表</translation>
    </message>
    <message>
        <source>{name}, slide {number}</source>
        <translation>{name}，第 {number} 张幻灯片</translation>
    </message>
    <message>
        <source>{name}, chapter {number}</source>
        <translation>{name}，第 {number} 章</translation>
    </message>
    <message>
        <source>In {place}: {words}</source>
        <translation>{place}：{words}</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} files</source>
        <translation>正在读取，第 {read} 个文件，共 {count} 个</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>File {number}</source>
        <translation>第 {number} 个文件</translation>
    </message>
    <message>
        <source>{sent} of {count} files</source>
        <translation>{count} 个文件中的 {sent} 个</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Scanned, no text</source>
        <translation>扫描件，没有文字</translation>
    </message>
    <message>
        <source>Scanned, {pages}</source>
        <translation>扫描件，{pages}</translation>
    </message>
    <message>
        <source>Its text cannot be read reliably</source>
        <translation>文字无法正常读取</translation>
    </message>
    <message>
        <source>{pages} as pictures</source>
        <translation>{pages}，作为图片</translation>
    </message>
    <message>
        <source>As pictures</source>
        <translation>作为图片</translation>
    </message>
    <message>
        <source>Recognised text</source>
        <translation>识别的文字</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>作为文字</translation>
    </message>
    <message>
        <source>Off. What was shared stays on all computers and in the folder.</source>
        <translation>已关闭。已共享的内容仍保留在所有电脑和该文件夹中。</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>设置…</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>显示…</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>正在同步…</translation>
    </message>
    <message>
        <source>Synchronised {time}. No other computer uses the folder yet.</source>
        <translation>{time}已同步。尚无其他电脑使用该文件夹。</translation>
    </message>
    <message numerus="yes">
        <source>Synchronised {time} with %n other computer(s)</source>
        <translation>
            <numerusform>{time}已与 %n 台其他电脑同步</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>约 %n 个 token</numerusform>
        </translation>
    </message>
</context>
</TS>

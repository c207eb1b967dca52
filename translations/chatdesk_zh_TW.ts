<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_TW" sourcelanguage="en">
<context>
    <name>AboutSection</name>
    <message>
        <source>About</source>
        <translation>關於</translation>
    </message>
    <message>
        <source>Version {version}, with Qt {qt}</source>
        <translation>版本 {version}，基於 Qt {qt}</translation>
    </message>
    <message>
        <source>Website</source>
        <translation>網站</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Report a problem</source>
        <translation>報告問題</translation>
    </message>
    <message>
        <source>Describe what you did and what happened. The details name versions and the system, nothing about your chats.</source>
        <translation>請說明你的操作和遇到的情況。詳細資訊只含版本和系統，不含任何對話內容。</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>複製詳細資訊</translation>
    </message>
    <message>
        <source>Log files</source>
        <translation>記錄檔</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
    <message>
        <source>MIT licence</source>
        <translation>MIT 授權條款</translation>
    </message>
    <message>
        <source>Chatdesk is free software and contains other free software.</source>
        <translation>Chatdesk 是自由軟體，並包含其他自由軟體。</translation>
    </message>
    <message>
        <source>Show licences</source>
        <translation>檢視授權條款</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>隱私</translation>
    </message>
    <message>
        <source>Messages are sent only to the provider you choose.</source>
        <translation>訊息只發往你所選的供應商，不會發給其他任何人。</translation>
    </message>
    <message>
        <source>API keys are stored in the system keyring, never in a file, and are sent only to the provider they belong to.</source>
        <translation>金鑰儲存在系統金鑰環中，不寫入任何檔案，並且只發給對應的供應商。</translation>
    </message>
    <message>
        <source>Previews run in Chromium {chromium}, with security fixes up to {fixes}</source>
        <translation>生成的網頁在 Chromium {chromium} 中執行，安全修復截至 {fixes}</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Chats are stored only on this computer, in a single file.</source>
        <translation>對話只儲存在這台電腦上的一個檔案裡。</translation>
    </message>
    <message>
        <source>Chatdesk collects no usage data, and checks for updates only if you turn that on.</source>
        <translation>Chatdesk 不做任何統計，不回傳任何資訊，只有在你要求時才檢查新版本。</translation>
    </message>
    <message>
        <source>Nothing a model writes can open a page, load a picture or run code until you click it.</source>
        <translation>未經你點選，模型寫出的內容不能開啟網頁、載入圖片或執行任何程式。</translation>
    </message>
</context>
<context>
    <name>AddressRow</name>
    <message>
        <source>Enter an address that begins with https://. Nothing was changed.</source>
        <translation>請輸入以 https:// 開頭的位址。沒有做任何更改。</translation>
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
        <translation>進階</translation>
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
        <translation>標頭</translation>
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
        <translation>CA 檔案</translation>
    </message>
    <message>
        <source>The Responses API shows more of the reasoning of OpenAI models.</source>
        <translation>Responses 會顯示更多 OpenAI 模型的思考過程。</translation>
    </message>
    <message>
        <source>Timeouts</source>
        <translation>逾時</translation>
    </message>
    <message>
        <source>headers, proxy, timeouts</source>
        <translation>標頭、代理、逾時</translation>
    </message>
</context>
<context>
    <name>Alert</name>
    <message>
        <source>Note</source>
        <translation>說明</translation>
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
        <translation>當心</translation>
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
        <translation>回答已中斷</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>檢視</translation>
    </message>
</context>
<context>
    <name>AppearanceSection</name>
    <message>
        <source>Appearance</source>
        <translation>外觀</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重設</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>預覽</translation>
    </message>
</context>
<context>
    <name>ApplicationPresenter</name>
    <message>
        <source>Choose a file</source>
        <translation>選擇檔案</translation>
    </message>
    <message>
        <source>{model} does not see earlier messages</source>
        <translation>{model} 不知道之前的訊息</translation>
    </message>
    <message>
        <source>Each message starts a new run with the values you entered in the form.</source>
        <translation>每則訊息都會按填寫的表單重新執行一次。</translation>
    </message>
</context>
<context>
    <name>ApplicationStrip</name>
    <message>
        <source>For {application}</source>
        <translation>給 {application} 的資訊</translation>
    </message>
</context>
<context>
    <name>AttachPresenter</name>
    <message>
        <source>Nothing was sent.</source>
        <translation>什麼都沒有傳送。</translation>
    </message>
    <message>
        <source>Send without the picture</source>
        <translation>不帶圖片傳送</translation>
    </message>
    <message>
        <source>Use a model with vision…</source>
        <translation>改用支援視覺的模型…</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>選擇模型…</translation>
    </message>
    <message>
        <source>Send without the pictures</source>
        <translation>不帶這些圖片傳送</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>新增附件</translation>
    </message>
    <message>
        <source>{name} removed</source>
        <translation>已移除 {name}</translation>
    </message>
    <message>
        <source>A message can have at most {limit} pictures, and the chosen pages make it {count}.</source>
        <translation>一則訊息最多包含 {limit} 張圖片，加上所選頁面共有 {count} 張。</translation>
    </message>
    <message>
        <source>Choose pages…</source>
        <translation>選擇頁面…</translation>
    </message>
    <message>
        <source>Attach a folder</source>
        <translation>新增資料夾</translation>
    </message>
</context>
<context>
    <name>AttachmentChip</name>
    <message>
        <source>Document</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>無法讀取</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除「{name}」</translation>
    </message>
    <message>
        <source>Stop reading {name}</source>
        <translation>停止讀取「{name}」</translation>
    </message>
    <message>
        <source>What is read of {name}: {choice}</source>
        <translation>{name} 的讀取內容：{choice}</translation>
    </message>
    <message>
        <source>Enter opens it, Delete removes it, Alt with an arrow key moves it.</source>
        <translation>按 Enter 開啟，按 Delete 移除，按 Alt 加方向鍵移動。</translation>
    </message>
    <message>
        <source>Needs a password</source>
        <translation>需要密碼</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>Enter the password of {name}</source>
        <translation>輸入 {name} 的密碼</translation>
    </message>
    <message>
        <source>Has an old format</source>
        <translation>格式較舊</translation>
    </message>
    <message>
        <source>Convert</source>
        <translation>轉換</translation>
    </message>
    <message>
        <source>Let LibreOffice convert {name}</source>
        <translation>用 LibreOffice 轉換 {name}</translation>
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
            <numerusform>%n 個較早的備份</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部顯示</translation>
    </message>
</context>
<context>
    <name>BackupRow</name>
    <message>
        <source>Restore…</source>
        <translation>還原…</translation>
    </message>
    <message>
        <source>Restore from the backup of {time}</source>
        <translation>從 {time} 的備份還原</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在檢查…</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已損壞</translation>
    </message>
    <message>
        <source>Locked</source>
        <translation>已鎖定</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已驗證</translation>
    </message>
    <message>
        <source>from {computer}</source>
        <translation>來自 {computer}</translation>
    </message>
    <message>
        <source>Cannot be opened: the file is cut off</source>
        <translation>無法開啟：檔案不完整</translation>
    </message>
    <message>
        <source>Cannot be opened</source>
        <translation>無法開啟</translation>
    </message>
    <message>
        <source>Opens with its passphrase</source>
        <translation>需用其密碼詞組開啟</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>newest: {title}</source>
        <translation>最新：{title}</translation>
    </message>
    <message>
        <source>in the data folder</source>
        <translation>在資料資料夾中</translation>
    </message>
    <message>
        <source>Newer version</source>
        <translation>較新版本</translation>
    </message>
    <message>
        <source>Update Chatdesk to restore it</source>
        <translation>更新 Chatdesk 後才能還原</translation>
    </message>
</context>
<context>
    <name>BackupsCard</name>
    <message>
        <source>Choose a folder…</source>
        <translation>選擇資料夾…</translation>
    </message>
    <message>
        <source>WebDAV server…</source>
        <translation>WebDAV 伺服器…</translation>
    </message>
    <message>
        <source>Folder for backups</source>
        <translation>備份資料夾</translation>
    </message>
    <message>
        <source>Backing up…</source>
        <translation>正在備份…</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>立即備份</translation>
    </message>
    <message>
        <source>Back up every day</source>
        <translation>每天備份</translation>
    </message>
    <message>
        <source>Change folder…</source>
        <translation>更改資料夾…</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>選擇資料夾…</translation>
    </message>
    <message>
        <source>Protect with a passphrase</source>
        <translation>用密碼詞組保護</translation>
    </message>
    <message>
        <source>Choose folder</source>
        <translation>選擇資料夾</translation>
    </message>
    <message>
        <source>The last backup is from today.</source>
        <translation>上次備份是今天。</translation>
    </message>
    <message numerus="yes">
        <source>Last backup %n day(s) ago.</source>
        <translation>
            <numerusform>上次備份在 %n 天前。</numerusform>
        </translation>
    </message>
    <message>
        <source>To “{place}” · keeps 7 daily, 4 weekly, 12 monthly</source>
        <translation>備份到「{place}」 · 保留 7 個每日、4 個每週、12 個每月備份</translation>
    </message>
    <message>
        <source>No backup yet. Chatdesk makes one each week in the data folder and keeps the last three.</source>
        <translation>還沒有備份。Chatdesk 每週在資料資料夾中備份一次，並保留最近三個。</translation>
    </message>
    <message>
        <source>Off. Chatdesk makes one each week in the data folder and keeps the last three.</source>
        <translation>已關閉。Chatdesk 每週在資料資料夾中備份一次，並保留最近三個。</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>備份</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
    <message>
        <source>Show backups in folder</source>
        <translation>在資料夾中顯示備份</translation>
    </message>
    <message>
        <source>Backups then open only with it, here or with the age program. It cannot be recovered.</source>
        <translation>之後的備份只能用它開啟（在此處或用 age 程式）。密碼詞組無法找回。</translation>
    </message>
    <message>
        <source>There is no backup there yet.</source>
        <translation>那裡還沒有備份。</translation>
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
        <translation>更改密碼詞組…</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登入…</translation>
    </message>
    <message>
        <source>Waiting for the server…</source>
        <translation>正在等待伺服器回應…</translation>
    </message>
    <message>
        <source>Waiting for the folder…</source>
        <translation>正在等待資料夾回應…</translation>
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
            <numerusform>%n 個 token</numerusform>
        </translation>
    </message>
    <message>
        <source>What will be sent</source>
        <translation>將要傳送的內容</translation>
    </message>
    <message>
        <source>What was sent</source>
        <translation>已傳送的內容</translation>
    </message>
    <message>
        <source>{what}: about {count} tokens</source>
        <translation>{what}：約 {count} 個 token</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>The answer appears here</source>
        <translation>回答將顯示在這裡</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在回答…</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回清單</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>複製回答</translation>
    </message>
    <message>
        <source>Save answer…</source>
        <translation>儲存回答…</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提問</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>傳送的內容</translation>
    </message>
</context>
<context>
    <name>BatchDropTarget</name>
    <message>
        <source>Choose files…</source>
        <translation>選擇檔案…</translation>
    </message>
    <message>
        <source>Choose a table…</source>
        <translation>選擇表格…</translation>
    </message>
    <message>
        <source>Drop files, a folder or a table here</source>
        <translation>將檔案、資料夾或表格拖到此處</translation>
    </message>
    <message>
        <source>PDF, office documents, text, code, CSV, TSV</source>
        <translation>PDF、辦公文件、文字、程式碼、CSV、TSV</translation>
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
            <numerusform>%n 份文字</numerusform>
        </translation>
    </message>
    <message>
        <source>No texts yet</source>
        <translation>尚無文字</translation>
    </message>
    <message>
        <source>{count} failed</source>
        <translation>{count} 個失敗</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>about {count} s left</source>
        <translation>約剩 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>約剩 {count} 分鐘</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進度</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>同時請求數</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暫停</translation>
    </message>
    <message>
        <source>Save results…</source>
        <translation>儲存結果…</translation>
    </message>
</context>
<context>
    <name>BatchPage</name>
    <message>
        <source>Input</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
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
        <translation>結果</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
    <message>
        <source>Choose a table</source>
        <translation>選擇表格</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Inputs and answers</source>
        <translation>輸入與回答</translation>
    </message>
    <message>
        <source>[the text of {file}]</source>
        <translation>［{file} 的內容］</translation>
    </message>
    <message numerus="yes">
        <source>%n text(s)</source>
        <translation>
            <numerusform>%n 份文字</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose a preset first</source>
        <translation>請先選擇預設集</translation>
    </message>
    <message>
        <source>Choose a model first</source>
        <translation>請先選擇模型</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>新增檔案…</translation>
    </message>
    <message>
        <source>Table…</source>
        <translation>表格…</translation>
    </message>
    <message>
        <source>Choose files</source>
        <translation>選擇檔案</translation>
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
        <translation>失敗</translation>
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
        <translation>文字</translation>
    </message>
    <message>
        <source>Column for the text</source>
        <translation>文字所在的欄</translation>
    </message>
    <message>
        <source>All other columns</source>
        <translation>其餘所有欄</translation>
    </message>
    <message>
        <source>Column for {name}</source>
        <translation>「{name}」所在的欄</translation>
    </message>
    <message>
        <source>One value for all rows</source>
        <translation>所有列用同一個值</translation>
    </message>
    <message>
        <source>Column {number}</source>
        <translation>第 {number} 欄</translation>
    </message>
    <message>
        <source>Choose a preset</source>
        <translation>選擇預設集</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>Columns of the table</source>
        <translation>表格的欄</translation>
    </message>
</context>
<context>
    <name>BrokenView</name>
    <message>
        <source>Not saved.</source>
        <translation>尚未儲存。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>Broken file</source>
        <translation>檔案有誤</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
    <message>
        <source>File contents</source>
        <translation>檔案內容</translation>
    </message>
</context>
<context>
    <name>BuiltInDetails</name>
    <message>
        <source>Models and settings</source>
        <translation>模型與設定</translation>
    </message>
    <message>
        <source>It starts when a chat needs it and stops when you quit Chatdesk. The included model is small and suited to trying things out with short answers in English. You can add any GGUF file. Nothing leaves this computer.</source>
        <translation>它在對話需要時啟動，隨 Chatdesk 一起結束。內建的模型很小，適合初次嘗試，僅能用英文簡短回答。可以新增任何 GGUF 檔案。所有內容都不會離開這台電腦。</translation>
    </message>
</context>
<context>
    <name>CaFileRow</name>
    <message>
        <source>Choose a CA file</source>
        <translation>選擇 CA 檔案</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 檔案</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選擇…</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>憑證</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
    <message>
        <source>PEM file with certificate authorities (CAs) to trust for this server, in addition to the system&apos;s.</source>
        <translation>除系統憑證外，這台伺服器還要信任的憑證授權單位，PEM 檔案。</translation>
    </message>
    <message>
        <source>System certificates only</source>
        <translation>僅系統憑證</translation>
    </message>
</context>
<context>
    <name>CardChoices</name>
    <message>
        <source>same file and checksum at {hub}</source>
        <translation>{hub} 上有驗證值相同的同一檔案</translation>
    </message>
    <message>
        <source>Ollama is not responding.</source>
        <translation>Ollama 沒有回應。</translation>
    </message>
    <message>
        <source>{quantization}, recommended</source>
        <translation>{quantization}，推薦</translation>
    </message>
    <message>
        <source>{quantization}, {size}, Ollama</source>
        <translation>{quantization}，{size}，Ollama</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>規模</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>記憶體</translation>
    </message>
    <message>
        <source>From</source>
        <translation>來源</translation>
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
        <translation>來源</translation>
    </message>
    <message>
        <source>Get anyway</source>
        <translation>仍要取得</translation>
    </message>
    <message>
        <source>Get it with Ollama</source>
        <translation>用 Ollama 取得</translation>
    </message>
    <message>
        <source>Other quantisations</source>
        <translation>其他量化版本</translation>
    </message>
    <message>
        <source>The publisher&apos;s page</source>
        <translation>官方頁面</translation>
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
        <translation>看圖</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>程式設計</translation>
    </message>
    <message>
        <source>Small and quick</source>
        <translation>小而快</translation>
    </message>
    <message>
        <source>Chat, writing and questions</source>
        <translation>聊天、寫作和問答</translation>
    </message>
    <message>
        <source>Thinks before it answers</source>
        <translation>先思考再回答</translation>
    </message>
    <message>
        <source>Reads photos, screenshots and page pictures</source>
        <translation>能看照片、截圖和頁面圖片</translation>
    </message>
    <message>
        <source>Longer programs and structured text</source>
        <translation>較長的程式和結構化文字</translation>
    </message>
    <message>
        <source>Short tasks and titles; runs anywhere</source>
        <translation>簡短任務和標題，任何電腦都能執行</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英語</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德語</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法語</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙語</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>義大利語</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙語</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日語</translation>
    </message>
    <message>
        <source>more</source>
        <translation>更多語言</translation>
    </message>
    <message>
        <source>{sentence}. A {base} taught by {teacher}</source>
        <translation>{sentence}。由 {teacher} 蒸餾的 {base} 模型</translation>
    </message>
    <message>
        <source>uses tools</source>
        <translation>能使用工具</translation>
    </message>
    <message>
        <source>sees pictures</source>
        <translation>能看圖片</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>about {size}</source>
        <translation>約 {size}</translation>
    </message>
    <message>
        <source>less than 1 min</source>
        <translation>不到 1 分鐘</translation>
    </message>
    <message>
        <source>{count} min</source>
        <translation>{count} 分鐘</translation>
    </message>
    <message>
        <source>{count} h</source>
        <translation>{count} 小時</translation>
    </message>
    <message>
        <source>Times at 100 Mbit/s</source>
        <translation>時間按 100 Mbit/s 計算</translation>
    </message>
    <message>
        <source>less than 1 word/s</source>
        <translation>每秒不到 1 字</translation>
    </message>
    <message>
        <source>about {count} words/s</source>
        <translation>每秒約 {count} 字</translation>
    </message>
    <message>
        <source>Times at {speed}, as measured last</source>
        <translation>時間按上次測得的 {speed} 計算</translation>
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
        <translation>全部 {count} 個，包括這台電腦執行不了的 {large} 個</translation>
    </message>
    <message>
        <source>All {count}</source>
        <translation>全部 {count} 個</translation>
    </message>
    <message>
        <source>For this computer</source>
        <translation>適合這台電腦</translation>
    </message>
    <message>
        <source>None of these models fits into the memory or on the disk of this computer.</source>
        <translation>這台電腦的記憶體或磁碟放不下這些模型。</translation>
    </message>
</context>
<context>
    <name>CellEdit</name>
    <message>
        <source>Alternative translations</source>
        <translation>這句話的其他譯法</translation>
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
        <translation>包含全部內容，可再次匯入或供其他程式讀取</translation>
    </message>
    <message>
        <source>Text with headings and formulas, for editors and notes</source>
        <translation>帶標題和公式的文字，適合編輯器和筆記</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>One page for any browser, light and dark, with all pictures in it</source>
        <translation>適用於任何瀏覽器的單一網頁，支援淺色和深色，包含所有圖片</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Words only, without any formatting</source>
        <translation>僅文字，不含任何格式</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Pages to print or share, with an outline</source>
        <translation>可列印和轉發的頁面，帶大綱</translation>
    </message>
    <message>
        <source>Word</source>
        <translation>Word</translation>
    </message>
    <message>
        <source>Headings, tables, code and editable formulas</source>
        <translation>標題、表格、程式碼和可編輯的公式</translation>
    </message>
</context>
<context>
    <name>ChatMenu</name>
    <message>
        <source>Rename</source>
        <translation>重新命名</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消釘選</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>釘選</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>製作副本</translation>
    </message>
    <message>
        <source>Save as preset…</source>
        <translation>存為預設集…</translation>
    </message>
    <message>
        <source>Discard draft</source>
        <translation>放棄草稿</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Delete {count} chats</source>
        <translation>刪除 {count} 個對話</translation>
    </message>
    <message>
        <source>Move to folder</source>
        <translation>移至資料夾</translation>
    </message>
    <message>
        <source>New folder…</source>
        <translation>新增資料夾…</translation>
    </message>
    <message>
        <source>Remove from folder</source>
        <translation>移出資料夾</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>匯出</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>As Markdown</source>
        <translation>為 Markdown</translation>
    </message>
    <message>
        <source>As plain text</source>
        <translation>為純文字</translation>
    </message>
    <message>
        <source>Link</source>
        <translation>連結</translation>
    </message>
    <message>
        <source>Export {count} chats…</source>
        <translation>匯出 {count} 個對話…</translation>
    </message>
</context>
<context>
    <name>ChatNavigation</name>
    <message>
        <source>The chat of this link no longer exists</source>
        <translation>此連結指向的對話已不存在</translation>
    </message>
    <message>
        <source>{title} (copy)</source>
        <translation>{title}（副本）</translation>
    </message>
    <message>
        <source>Link copied. It opens the chat in Chatdesk, from a message or the search.</source>
        <translation>連結已複製。在 Chatdesk 的訊息中點選它，或貼上到搜尋框，即可開啟該對話。</translation>
    </message>
</context>
<context>
    <name>ChatPresenter</name>
    <message>
        <source>{model} cannot see the pictures in this chat</source>
        <translation>{model} 看不到這個對話裡的圖片</translation>
    </message>
    <message>
        <source>The pictures were not sent.</source>
        <translation>提問時沒有附上圖片。</translation>
    </message>
    <message>
        <source>Some pictures in this chat are missing or damaged</source>
        <translation>這個對話裡有些圖片已遺失或損壞</translation>
    </message>
    <message>
        <source>The request was sent without them.</source>
        <translation>提問時沒有附上這些圖片。</translation>
    </message>
    <message>
        <source>This chat has more pictures than one request can hold</source>
        <translation>這個對話的圖片太多，一次請求放不下</translation>
    </message>
    <message>
        <source>Only the most recent ones were sent.</source>
        <translation>提問時只附上了最新的圖片。</translation>
    </message>
</context>
<context>
    <name>ChatSection</name>
    <message>
        <source>Chat</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>詞語</translation>
    </message>
    <message>
        <source>Automatic ({model})</source>
        <translation>自動：{model}</translation>
    </message>
    <message>
        <source>words</source>
        <translation>詞語</translation>
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
        <translation>預設</translation>
    </message>
    <message>
        <source>Precise</source>
        <translation>嚴謹</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Creative</source>
        <translation>發散</translation>
    </message>
    <message>
        <source>Temperature {number}: for facts and sums</source>
        <translation>溫度 {number}：適合事實與計算</translation>
    </message>
    <message>
        <source>Temperature {number}: for everyday questions</source>
        <translation>溫度 {number}：適合日常問題</translation>
    </message>
    <message>
        <source>Temperature {number}: for ideas and stories</source>
        <translation>溫度 {number}：適合創意與故事</translation>
    </message>
    <message>
        <source>Temperature {number}, set under Advanced</source>
        <translation>溫度 {number}，在「進階」中設定</translation>
    </message>
    <message>
        <source>Temperature {number}, from the preset</source>
        <translation>溫度 {number}，來自預設集</translation>
    </message>
    <message>
        <source>Temperature {number}, as set for this model</source>
        <translation>溫度 {number}，為此模型設定</translation>
    </message>
    <message>
        <source>Temperature {number}, recommended by the model&apos;s developer</source>
        <translation>溫度 {number}，模型開發者推薦</translation>
    </message>
    <message>
        <source>The model decides</source>
        <translation>由模型決定</translation>
    </message>
    <message>
        <source>Short</source>
        <translation>簡短</translation>
    </message>
    <message>
        <source>A few sentences</source>
        <translation>幾句話</translation>
    </message>
    <message>
        <source>Medium</source>
        <translation>適中</translation>
    </message>
    <message>
        <source>The main points with a brief explanation</source>
        <translation>要點加簡要說明</translation>
    </message>
    <message>
        <source>Long</source>
        <translation>詳盡</translation>
    </message>
    <message>
        <source>Detailed, with explanations and examples</source>
        <translation>詳細，附說明和範例</translation>
    </message>
    <message>
        <source>Answers at once</source>
        <translation>立即作答</translation>
    </message>
    <message>
        <source>Better on hard questions, slower to start</source>
        <translation>難題更準確，開始作答更慢</translation>
    </message>
    <message>
        <source>Quick to start, for easy questions</source>
        <translation>開始更快，適合簡單問題</translation>
    </message>
    <message>
        <source>The provider&apos;s default temperature</source>
        <translation>供應商的預設溫度</translation>
    </message>
</context>
<context>
    <name>ChatSettingsPanel</name>
    <message>
        <source>Reset all</source>
        <translation>全部重設</translation>
    </message>
    <message>
        <source>Unload model</source>
        <translation>卸載模型</translation>
    </message>
    <message>
        <source>Measure speed</source>
        <translation>測量速度</translation>
    </message>
    <message>
        <source>Expanded</source>
        <translation>已展開</translation>
    </message>
    <message>
        <source>Collapsed</source>
        <translation>已摺疊</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>How should it answer in this chat?</source>
        <translation>它在這個對話中應如何回答？</translation>
    </message>
    <message>
        <source>Use a preset</source>
        <translation>使用預設集</translation>
    </message>
    <message>
        <source>Save as preset</source>
        <translation>存為預設集</translation>
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
        <translation>暫無</translation>
    </message>
    <message>
        <source>Creativity</source>
        <translation>創造性</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>長度</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n 項已改</numerusform>
        </translation>
    </message>
    <message>
        <source>Advanced</source>
        <translation>進階</translation>
    </message>
    <message>
        <source>Applies from the next answer on. Earlier answers keep the instructions they were given.</source>
        <translation>從下一個回答起生效。之前的回答保留當時的指令。</translation>
    </message>
</context>
<context>
    <name>ChatToasts</name>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Saved: {name}</source>
        <translation>已儲存：{name}</translation>
    </message>
    <message>
        <source>Message deleted</source>
        <translation>已刪除訊息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) deleted</source>
        <translation>
            <numerusform>已刪除 %n 則訊息</numerusform>
        </translation>
    </message>
    <message>
        <source>Answer changed</source>
        <translation>回答已修改</translation>
    </message>
    <message>
        <source>Changes discarded</source>
        <translation>修改已放棄</translation>
    </message>
    <message>
        <source>Chat copied to the clipboard</source>
        <translation>對話已複製到剪貼簿</translation>
    </message>
    <message>
        <source>The original answer is kept as another version</source>
        <translation>原來的回答作為另一個版本保留</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
</context>
<context>
    <name>CheckActions</name>
    <message>
        <source>Measure speed</source>
        <translation>測量速度</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>尋找原因</translation>
    </message>
    <message>
        <source>Test the connection and find the problem</source>
        <translation>檢查連線</translation>
    </message>
</context>
<context>
    <name>CheckList</name>
    <message>
        <source>Search by title</source>
        <translation>按標題搜尋</translation>
    </message>
    <message>
        <source>{count} of {total} chosen</source>
        <translation>已選 {count} / {total}</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>沒有結果</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>Search by title or folder</source>
        <translation>按標題或資料夾搜尋</translation>
    </message>
    <message>
        <source>All folders</source>
        <translation>所有資料夾</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>沒有資料夾</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
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
        <translation>檔案</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放棄</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>執行</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>程式碼</translation>
    </message>
    <message>
        <source>Edited. Running it creates a new version.</source>
        <translation>已修改。執行後會成為新版本。</translation>
    </message>
    <message>
        <source>Run the edited code (Ctrl+Enter)</source>
        <translation>執行修改後的程式碼（Ctrl+Enter）</translation>
    </message>
</context>
<context>
    <name>CommandRow</name>
    <message>
        <source>Copy command</source>
        <translation>複製命令</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Write the next message</source>
        <translation>輸入下一則訊息</translation>
    </message>
    <message>
        <source>Message {model}</source>
        <translation>給 {model} 發訊息</translation>
    </message>
    <message>
        <source>Write a message, or type / for a preset</source>
        <translation>輸入訊息，或鍵入 / 選用預設集</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>輸入訊息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>訊息</translation>
    </message>
    <message>
        <source>Add a message, or just send</source>
        <translation>補充幾句，或直接傳送</translation>
    </message>
    <message>
        <source>in {folder}</source>
        <translation>位於 {folder}</translation>
    </message>
    <message>
        <source>Do not create the chat in {folder}</source>
        <translation>不在 {folder} 中建立對話</translation>
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
        <translation>範例：</translation>
    </message>
    <message>
        <source>options:</source>
        <translation>選項：</translation>
    </message>
    <message>
        <source>“{name}” is binary data, not text.</source>
        <translation>「{name}」是二進位資料，不是文字。</translation>
    </message>
    <message>
        <source>Starting the built-in engine</source>
        <translation>正在啟動內建引擎</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在連線</translation>
    </message>
    <message>
        <source>Summarising</source>
        <translation>正在總結</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>正在等待伺服器</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在載入模型</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>正在讀取提示詞</translation>
    </message>
    <message>
        <source>Thinking</source>
        <translation>正在推理</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>正在處理</translation>
    </message>
    <message>
        <source>{stage} in {seconds} s</source>
        <translation>{stage}（{seconds} 秒後）</translation>
    </message>
    <message>
        <source>show the model&apos;s reasoning on standard error</source>
        <translation>在標準錯誤輸出中顯示模型的推理過程</translation>
    </message>
    <message>
        <source>list servers and their models</source>
        <translation>列出伺服器及其模型</translation>
    </message>
    <message>
        <source>“{path}” is larger than {megabytes} MB.</source>
        <translation>「{path}」超過 {megabytes} MB。</translation>
    </message>
    <message>
        <source>Sign in here: {sign_in_url}</source>
        <translation>請在此登入：{sign_in_url}</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>請稍後重試。</translation>
    </message>
    <message>
        <source>{model} always reasons, so “{wanted}” was not sent.</source>
        <translation>{model} 始終會推理；未傳送「{wanted}」。</translation>
    </message>
    <message>
        <source>{model} is not known to support reasoning, so “{wanted}” was not sent.</source>
        <translation>據目前所知，{model} 不支援推理；未傳送「{wanted}」。</translation>
    </message>
    <message>
        <source>{server} has no known setting for reasoning, so “{wanted}” was not sent.</source>
        <translation>不清楚如何讓 {server} 控制推理；未傳送「{wanted}」。</translation>
    </message>
    <message>
        <source>--var and --var-file set the variables of a preset. Choose one with --preset.</source>
        <translation>--var 和 --var-file 用於填寫預設集：請用 --preset 指定一個預設集。</translation>
    </message>
    <message>
        <source>The question is missing. Try: chatdesk ask &quot;Why is the sky blue?&quot;</source>
        <translation>沒有要提的問題。例如：chatdesk ask &quot;天空為什麼是藍色的？&quot;</translation>
    </message>
    <message>
        <source>The model asked for tools, which `chatdesk ask` does not run: {names}</source>
        <translation>模型想呼叫工具，但這裡不會執行工具：{names}</translation>
    </message>
    <message>
        <source>No chat model found on {server}.</source>
        <translation>沒有可提問的模型：{server} 沒有可用於對話的模型。</translation>
    </message>
    <message>
        <source>{model} is not a chat model.</source>
        <translation>{model} 不能回答問題：它是其他類型的模型。</translation>
    </message>
    <message>
        <source>Model not found: {model}. Did you mean {near}?</source>
        <translation>沒有名為 {model} 的模型。你是指：{near}？</translation>
    </message>
    <message>
        <source>Model not found on any server: {model}. Run `chatdesk models` to list the available models.</source>
        <translation>所有伺服器都沒有名為 {model} 的模型。用 `chatdesk models` 檢視現有模型。</translation>
    </message>
    <message>
        <source>{name} is turned off in the settings. Available servers: {known}</source>
        <translation>{name} 已在設定中停用。已啟用的伺服器：{known}</translation>
    </message>
    <message>
        <source>Unknown server: {name}. Available servers: {known}</source>
        <translation>沒有名為 {name} 的伺服器。已有的伺服器：{known}</translation>
    </message>
    <message>
        <source>show this help and exit</source>
        <translation>顯示此幫助</translation>
    </message>
    <message>
        <source>Unexpected argument: {argument}</source>
        <translation>多餘的參數：{argument}</translation>
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
        <translation>{option} 只能是：{choices}。「{value}」不在其中。</translation>
    </message>
    <message>
        <source>Unknown option: {option}. Did you mean {near}?</source>
        <translation>沒有選項 {option}。你是指 {near} 嗎？</translation>
    </message>
    <message>
        <source>Unknown option: {option}.</source>
        <translation>沒有選項 {option}。</translation>
    </message>
    <message>
        <source>No such command or file: {name}. Did you mean {near}?</source>
        <translation>沒有名為 {name} 的命令或檔案。你是指 {near} 嗎？</translation>
    </message>
    <message>
        <source>No such command or file: {name}.</source>
        <translation>沒有名為 {name} 的命令或檔案。</translation>
    </message>
    <message>
        <source>Chat with local and remote language models. Without a command, the window opens. With files, the window offers to import them: presets, chats saved as JSON, and GGUF models.</source>
        <translation>與本機和遠端語言模型對話。不帶命令時開啟視窗；帶檔案時，視窗會詢問是否匯入其中的內容：預設集、儲存為 JSON 的對話、GGUF 模型。</translation>
    </message>
    <message>
        <source>exit codes: 0 success, 1 a file or the output cannot be read or written, 2 invalid usage, 3 no server or model available, 4 the server refused the request, 5 the answer is incomplete or empty, 130 interrupted by Ctrl+C or a closed pipe</source>
        <translation>結束碼：0 已回答，1 檔案或輸出無法讀寫，2 用法錯誤，3 沒有可用的伺服器或模型，4 伺服器拒絕，5 回答中斷或為空，130 被 Ctrl+C 中止或輸出不再被讀取</translation>
    </message>
    <message>
        <source>show the version and exit</source>
        <translation>顯示版本</translation>
    </message>
    <message>
        <source>commands:</source>
        <translation>命令：</translation>
    </message>
    <message>
        <source>Run `chatdesk help COMMAND` to see the options of a command.</source>
        <translation>用 `chatdesk help COMMAND` 檢視某個命令的選項。</translation>
    </message>
    <message>
        <source>Cannot read standard input: {reason}.</source>
        <translation>無法讀取標準輸入：{reason}。</translation>
    </message>
    <message>
        <source>Standard input is larger than {megabytes} MB.</source>
        <translation>透過管道傳入的內容超過 {megabytes} MB。</translation>
    </message>
    <message>
        <source>“{name}” is not valid UTF-8: invalid byte at position {position}. Convert it first, for example with iconv.</source>
        <translation>「{name}」不是 UTF-8 文字：第 {position} 個位元組不構成字元。請先轉換編碼，例如使用 iconv。</translation>
    </message>
    <message>
        <source>The argument “{argument}” is not valid UTF-8.</source>
        <translation>參數「{argument}」不是 UTF-8 文字。</translation>
    </message>
    <message>
        <source>Cannot write the output: {reason}.</source>
        <translation>無法寫入輸出：{reason}。</translation>
    </message>
    <message>
        <source>Waiting for the built-in engine</source>
        <translation>正在等待內建引擎空閒</translation>
    </message>
    <message>
        <source>No response, retrying</source>
        <translation>沒有回應，正在重試</translation>
    </message>
    <message>
        <source>Server busy, retrying</source>
        <translation>伺服器繁忙，正在重試</translation>
    </message>
    <message>
        <source>The server does not accept a reasoning setting for this model, so “{wanted}” was not sent.</source>
        <translation>伺服器不支援設定此模型的推理方式（「{wanted}」）；已不帶此設定提問。</translation>
    </message>
    <message>
        <source>The server does not support the reasoning setting “{wanted}”, so “{used}” was sent.</source>
        <translation>伺服器不支援推理強度「{wanted}」；已改用「{used}」提問。</translation>
    </message>
    <message>
        <source>(The text above is reasoning. The answer follows.)</source>
        <translation>（以上是推理過程，回答如下。）</translation>
    </message>
    <message>
        <source>(The server withdrew the text above. The answer follows.)</source>
        <translation>（伺服器撤回了以上內容，回答如下。）</translation>
    </message>
    <message>
        <source>(Some characters arrived damaged and are shown as �.)</source>
        <translation>（部分字元在傳輸中損壞，以 � 代替。）</translation>
    </message>
    <message>
        <source>(The answer includes a picture: {address})</source>
        <translation>（回答中包含一張圖片：{address}）</translation>
    </message>
    <message>
        <source>(The answer includes a picture. To see it, ask in the window or use --json.)</source>
        <translation>（回答中包含一張圖片。請在視窗中提問以檢視和儲存，或使用 --json。）</translation>
    </message>
    <message>
        <source>print JSON, one object per line (see docs/command-line.md)</source>
        <translation>輸出 JSON，每行一個物件（docs/command-line.md）</translation>
    </message>
    <message>
        <source>ask a question and stream the answer to standard output</source>
        <translation>提一個問題；回答逐步輸出到標準輸出</translation>
    </message>
    <message>
        <source>Ask a question. Piped input is appended to it, or used as the question.</source>
        <translation>提一個問題。透過管道傳入的內容會附在問題之後，或作為問題本身。</translation>
    </message>
    <message>
        <source>model name, as listed by `chatdesk models`</source>
        <translation>模型名稱，見 `chatdesk models`</translation>
    </message>
    <message>
        <source>server name, as listed by `chatdesk models`</source>
        <translation>伺服器名稱，見 `chatdesk models`</translation>
    </message>
    <message>
        <source>system prompt</source>
        <translation>系統提示詞</translation>
    </message>
    <message>
        <source>preset, as listed by `chatdesk presets`</source>
        <translation>預設集，見 `chatdesk presets`</translation>
    </message>
    <message>
        <source>set a variable of the preset</source>
        <translation>填寫預設集的一個變數</translation>
    </message>
    <message>
        <source>set a variable of the preset to the contents of a file</source>
        <translation>用檔案的文字填寫預設集的一個變數</translation>
    </message>
    <message>
        <source>reasoning: {choices}</source>
        <translation>是否先推理以及推理強度：{choices}</translation>
    </message>
    <message>
        <source>list presets and their variables</source>
        <translation>列出預設集及其變數</translation>
    </message>
    <message>
        <source>open the quick question window</source>
        <translation>開啟快速提問小視窗</translation>
    </message>
    <message>
        <source>Open the quick question window, and start Chatdesk if it is not running. To open it from anywhere, bind this command to a keyboard shortcut in your desktop settings.</source>
        <translation>開啟正在執行的程式的快速提問視窗，或啟動程式並開啟它。在桌面設定中為此命令繫結快速鍵，即可隨時使用。</translation>
    </message>
    <message>
        <source>show the help for a command</source>
        <translation>顯示某個命令的幫助</translation>
    </message>
    <message>
        <source>Unknown preset: {name}. Did you mean {near}?</source>
        <translation>沒有名為 {name} 的預設集。你是指：{near}？</translation>
    </message>
    <message>
        <source>Unknown preset: {name}. Run `chatdesk presets` to list the available presets.</source>
        <translation>沒有名為 {name} 的預設集。用 `chatdesk presets` 檢視全部預設集。</translation>
    </message>
    <message>
        <source>{preset} needs values for: {wanted}</source>
        <translation>{preset} 還需要：{wanted}</translation>
    </message>
    <message>
        <source>{preset} has no variable {name}. Its variables: {names}.</source>
        <translation>{preset} 沒有變數 {name}。它的變數有：{names}。</translation>
    </message>
    <message>
        <source>{preset} has no variables, so {name} cannot be set.</source>
        <translation>{preset} 沒有變數 {name}。它沒有任何變數。</translation>
    </message>
    <message>
        <source>Use the form name=value instead of {argument}.</source>
        <translation>請寫成 name=value，而不是 {argument}。</translation>
    </message>
    <message>
        <source>Cannot read “{path}”: {reason}.</source>
        <translation>無法讀取「{path}」：{reason}。</translation>
    </message>
    <message>
        <source>{name} must be one of: {choices}.</source>
        <translation>{name} 只能是：{choices}。</translation>
    </message>
    <message>
        <source>{name} must be a number, not {value}.</source>
        <translation>{name} 是數字，不能是 {value}。</translation>
    </message>
    <message>
        <source>{name} must be a number from {least} to {most}.</source>
        <translation>{name} 是 {least} 到 {most} 之間的數字。</translation>
    </message>
    <message>
        <source>Enter it in Settings, in the Chatdesk window.</source>
        <translation>請在視窗的設定中填寫。</translation>
    </message>
    <message>
        <source>Start it, or choose another server with --server.</source>
        <translation>請啟動它，或用 --server 選擇其他伺服器。</translation>
    </message>
    <message>
        <source>See the log for details.</source>
        <translation>詳情請檢視記錄檔。</translation>
    </message>
    <message>
        <source>If that address is correct, enter it in Settings, in the Chatdesk window.</source>
        <translation>如果該位址正確，請在視窗的設定中填寫。</translation>
    </message>
    <message>
        <source>Enter {address_there} in Settings, in the Chatdesk window.</source>
        <translation>請在視窗的設定中填寫 {address_there}。</translation>
    </message>
    <message>
        <source>Check the port, and whether /v1 is missing at the end.</source>
        <translation>請檢查連接埠，以及是否缺少 /v1。</translation>
    </message>
    <message>
        <source>Use https, or allow it in Settings, in the Chatdesk window.</source>
        <translation>請使用 https，或在視窗的設定中允許傳送。</translation>
    </message>
    <message>
        <source>Run `chatdesk models` to list the available models.</source>
        <translation>用 `chatdesk models` 檢視現有模型。</translation>
    </message>
    <message>
        <source>Set CHATDESK_HOME to use another folder.</source>
        <translation>可設定 CHATDESK_HOME 來使用其他資料夾。</translation>
    </message>
    <message>
        <source>Quit it, then start it again.</source>
        <translation>請先結束它，再重新啟動。</translation>
    </message>
    <message>
        <source>Nothing was sent to it.</source>
        <translation>未向它傳遞任何內容。</translation>
    </message>
    <message>
        <source>{server} sets the context window itself, so --context was not sent.</source>
        <translation>{server} 自行設定模型的上下文；未傳送 --context。</translation>
    </message>
    <message>
        <source>--context must be a number of tokens from {least} to {most}, not {value}.</source>
        <translation>--context 是 {least} 到 {most} 之間的 token 數，不能是 {value}。</translation>
    </message>
    <message>
        <source>Context window: {tokens} tokens.</source>
        <translation>模型以 {tokens} 個 token 的上下文讀取此內容。</translation>
    </message>
    <message>
        <source>context window in tokens (Ollama only); by default the smallest common size that fits</source>
        <translation>向 Ollama 請求的上下文 token 數；不指定時使用足夠的最小常用大小</translation>
    </message>
    <message>
        <source>{model} will be reloaded for the next question.</source>
        <translation>下一個問題會重新載入 {model}。</translation>
    </message>
    <message>
        <source>The model produced only reasoning and no answer.</source>
        <translation>模型只進行了推理，沒有給出回答。</translation>
    </message>
    <message>
        <source>Ollama is installed but not running, so {model} answers instead.</source>
        <translation>已安裝 Ollama，但它沒有執行：改由 {model} 回答。</translation>
    </message>
    <message>
        <source>The files and the question have about {tokens} tokens, but {model} reads at most {limit}. Send less, or choose a model with a larger context window.</source>
        <translation>檔案和問題約有 {tokens} 個 token，而 {model} 最多能讀 {limit} 個。請減少內容，或選擇上下文視窗更大的模型。</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>正在讀取 {name}</translation>
    </message>
    <message>
        <source>Reading {name}, {read} of {count}</source>
        <translation>正在讀取 {name}，{read}/{count}</translation>
    </message>
    <message>
        <source>send a document or a picture with the question</source>
        <translation>隨問題傳送文件或圖片</translation>
    </message>
    <message>
        <source>import chats and presets of other programs</source>
        <translation>匯入其他程式的對話和預設集</translation>
    </message>
    <message>
        <source>Show the chats and presets in files, archives and folders of other programs, and import them after asking. What is already here is left out, and new messages are added to chats that are here. If the window is open, it shows what can be imported instead.</source>
        <translation>顯示其他程式的檔案、壓縮檔和資料夾中的對話和預設集，確認後匯入。已有的內容會略過，已有對話中的新訊息會補充進來。如果視窗已開啟，則由視窗顯示可以匯入的內容。</translation>
    </message>
    <message>
        <source>import without asking</source>
        <translation>不詢問，直接匯入</translation>
    </message>
    <message>
        <source>put the chats into this folder of the list</source>
        <translation>把對話放進清單中的這個資料夾</translation>
    </message>
    <message>
        <source>Chatdesk is open: its window shows what can be imported. To import here, quit Chatdesk first.</source>
        <translation>Chatdesk 已開啟，請在其視窗中檢視可以匯入的內容。要在此處匯入，請先結束 Chatdesk。</translation>
    </message>
    <message>
        <source>messages for a model</source>
        <translation>模型訊息清單</translation>
    </message>
    <message>
        <source>transcript</source>
        <translation>對話記錄</translation>
    </message>
    <message>
        <source>{file} ({program}): chats: {count}, messages: {messages}</source>
        <translation>{file}（{program}）：對話 {count} 個，訊息 {messages} 條</translation>
    </message>
    <message>
        <source>  from {first} to {last}</source>
        <translation>  從 {first} 到 {last}</translation>
    </message>
    <message>
        <source>  new: {count}</source>
        <translation>  新對話：{count}</translation>
    </message>
    <message>
        <source>  already here, with new messages: {count}</source>
        <translation>  已有，但有新訊息：{count}</translation>
    </message>
    <message>
        <source>  in Recently deleted, will be restored: {count}</source>
        <translation>  在「最近刪除」中，將還原：{count}</translation>
    </message>
    <message>
        <source>  already here: {count}</source>
        <translation>  已有：{count}</translation>
    </message>
    <message>
        <source>Presets: {count} ({names})</source>
        <translation>預設集：{count}（{names}）</translation>
    </message>
    <message>
        <source>Presets that are already here: {count}</source>
        <translation>已有的預設集：{count}</translation>
    </message>
    <message>
        <source>Pictures that are not in the file: {count}</source>
        <translation>檔案中缺失的圖片：{count}</translation>
    </message>
    <message>
        <source>Documents that are not in the file: {count}</source>
        <translation>檔案中缺失的文件：{count}</translation>
    </message>
    <message>
        <source>Sounds that are left out: {count}</source>
        <translation>略過的音訊：{count}</translation>
    </message>
    <message>
        <source>Videos that are left out: {count}</source>
        <translation>略過的影片：{count}</translation>
    </message>
    <message>
        <source>Empty chats that are left out: {count}</source>
        <translation>略過的空對話：{count}</translation>
    </message>
    <message>
        <source>Damaged chats that are left out: {count}</source>
        <translation>略過的損壞對話：{count}</translation>
    </message>
    <message>
        <source>Damaged messages that are left out: {count}</source>
        <translation>略過的損壞訊息：{count}</translation>
    </message>
    <message>
        <source>Tool calls that are left out: {count}</source>
        <translation>略過的工具呼叫：{count}</translation>
    </message>
    <message>
        <source>Sources that are left out: {count}</source>
        <translation>略過的來源：{count}</translation>
    </message>
    <message>
        <source>Texts that are shortened: {count}</source>
        <translation>被截短的文字：{count}</translation>
    </message>
    <message>
        <source>Notes about you that are left out: {count}</source>
        <translation>略過的關於你的記憶：{count}</translation>
    </message>
    <message>
        <source>Shared links that are left out: {count}</source>
        <translation>略過的分享連結：{count}</translation>
    </message>
    <message>
        <source>There is nothing new to import.</source>
        <translation>沒有可以匯入的新內容。</translation>
    </message>
    <message>
        <source>Import? [y/N] </source>
        <translation>匯入嗎？[y/N] </translation>
    </message>
    <message>
        <source>Nothing was imported, because confirmation needs a terminal. Add --yes to import without asking.</source>
        <translation>無法詢問，因此沒有匯入任何內容。要不詢問直接匯入，請加上 --yes。</translation>
    </message>
    <message>
        <source>Nothing was imported.</source>
        <translation>沒有匯入任何內容。</translation>
    </message>
    <message>
        <source>Reading {name}, chats: {count}</source>
        <translation>正在讀取 {name}，對話：{count}</translation>
    </message>
    <message>
        <source>Importing: {percent}%</source>
        <translation>正在匯入：{percent} %</translation>
    </message>
    <message>
        <source>Imported chats: {count}</source>
        <translation>已匯入對話：{count}</translation>
    </message>
    <message>
        <source>Chats with new messages: {count}</source>
        <translation>有新訊息的對話：{count}</translation>
    </message>
    <message>
        <source>Chats restored from Recently deleted: {count}</source>
        <translation>從「最近刪除」還原的對話：{count}</translation>
    </message>
    <message>
        <source>Imported messages: {count}</source>
        <translation>已匯入訊息：{count}</translation>
    </message>
    <message>
        <source>Imported pictures: {count}</source>
        <translation>已匯入圖片：{count}</translation>
    </message>
    <message>
        <source>Imported documents: {count}</source>
        <translation>已匯入文件：{count}</translation>
    </message>
    <message>
        <source>Imported presets: {count}</source>
        <translation>已匯入預設集：{count}</translation>
    </message>
    <message>
        <source>Imported glossaries: {count}</source>
        <translation>已匯入的術語表：{count}</translation>
    </message>
    <message>
        <source>Glossaries: {count}</source>
        <translation>術語表：{count}</translation>
    </message>
    <message>
        <source>Name the files or folders to import.</source>
        <translation>請指定要匯入的檔案或資料夾。</translation>
    </message>
    <message>
        <source>There is no file “{path}”.</source>
        <translation>沒有檔案「{path}」。</translation>
    </message>
    <message>
        <source>write chats as files</source>
        <translation>將對話寫成檔案</translation>
    </message>
    <message>
        <source>Write each chat as a file, into a new folder or a .zip archive. JSON files can be imported again. The window must be closed.</source>
        <translation>將每個對話寫成一個檔案，放入新資料夾或 .zip 壓縮檔。JSON 檔案可以再次匯入。視窗必須已關閉。</translation>
    </message>
    <message>
        <source>format of the files: {choices}; by default json</source>
        <translation>檔案格式：{choices}；預設為 json</translation>
    </message>
    <message>
        <source>only the chats in this folder of the list</source>
        <translation>僅清單中此資料夾內的對話</translation>
    </message>
    <message>
        <source>with reasoning, times, models, tokens and other versions (always in JSON)</source>
        <translation>包含推理過程、時間、模型、token 數和其他版本（JSON 始終包含）</translation>
    </message>
    <message>
        <source>Exported chats: {count}, to {path}</source>
        <translation>已匯出對話：{count} 個，位置：{path}</translation>
    </message>
    <message>
        <source>Exporting: {percent}%</source>
        <translation>正在匯出：{percent}%</translation>
    </message>
    <message>
        <source>Name one folder or .zip file to write.</source>
        <translation>請指定一個要寫入的資料夾或 .zip 檔案。</translation>
    </message>
    <message>
        <source>There is no folder “{name}”.</source>
        <translation>沒有名為「{name}」的資料夾。</translation>
    </message>
    <message>
        <source>There are no chats to export.</source>
        <translation>沒有可匯出的對話。</translation>
    </message>
    <message>
        <source>  archived, put into the folder “{folder}”: {count}</source>
        <translation>  已封存，放入資料夾「{folder}」：{count}</translation>
    </message>
</context>
<context>
    <name>ConsoleView</name>
    <message numerus="yes">
        <source>%n network request(s) blocked: </source>
        <translation>
            <numerusform>已攔截 %n 個網路請求：</numerusform>
        </translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>錯誤</translation>
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
        <translation>錯誤</translation>
    </message>
    <message>
        <source>Ask for a fix</source>
        <translation>請求修復</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>主控台</translation>
    </message>
    <message>
        <source>No messages of this type.</source>
        <translation>沒有這類輸出。</translation>
    </message>
    <message>
        <source>The page has written no messages.</source>
        <translation>頁面還沒有任何輸出。</translation>
    </message>
    <message>
        <source>Previews have no network access. Ask for a version that works offline.</source>
        <translation>頁面在這裡不能存取網路。可以要求給出不需要網路的版本。</translation>
    </message>
    <message>
        <source>Messages shown</source>
        <translation>顯示哪些輸出</translation>
    </message>
    <message>
        <source>Copy console</source>
        <translation>複製主控台內容</translation>
    </message>
    <message>
        <source>Clear console</source>
        <translation>清空主控台</translation>
    </message>
</context>
<context>
    <name>Context</name>
    <message>
        <source>{tokens} tokens (about {size} more memory)</source>
        <translation>{tokens} 個 token（約多佔用 {size} 記憶體）</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Leaving out older messages is not enough, because the last one is too long.</source>
        <translation>僅略去較早的訊息還不夠：最後一條太長。</translation>
    </message>
    <message>
        <source>The whole chat is sent: about {tokens} tokens in a context window of {room}. The server may refuse it.</source>
        <translation>將全部傳送：約 {tokens} 個 token，而容量為 {room}。伺服器可能會拒絕。</translation>
    </message>
    <message>
        <source>{tokens} tokens (memory use unknown)</source>
        <translation>{tokens} 個 token（記憶體佔用未知）</translation>
    </message>
    <message>
        <source>This chat has about {tokens} tokens; the context window of {model} is {room}.</source>
        <translation>此對話約有 {tokens} 個 token，{model} 的容量為 {room}。</translation>
    </message>
    <message>
        <source>This chat has about {tokens} tokens. The context window of {model} is {room}, which leaves too little room for an answer.</source>
        <translation>此對話約有 {tokens} 個 token。{model} 的容量為 {room}，已容不下回答。</translation>
    </message>
    <message>
        <source>This message has about {tokens} tokens; the context window of {model} is {room}.</source>
        <translation>此訊息約有 {tokens} 個 token，{model} 的容量為 {room}。</translation>
    </message>
    <message>
        <source>This message has about {tokens} tokens. The context window of {model} is {room}, which leaves too little room for an answer.</source>
        <translation>此訊息約有 {tokens} 個 token。{model} 的容量為 {room}，已容不下回答。</translation>
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
        <translation>此前的對話</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>This message</source>
        <translation>這則訊息</translation>
    </message>
    <message>
        <source>Reserved for the answer</source>
        <translation>留給回答</translation>
    </message>
    <message>
        <source>About {used} tokens</source>
        <translation>約 {used} 個 token</translation>
    </message>
    <message>
        <source>About {used} of {room} tokens</source>
        <translation>約 {used} / {room} 個 token</translation>
    </message>
    <message>
        <source>The context window is too small for this chat.</source>
        <translation>上下文視窗容納不下此對話。</translation>
    </message>
    <message>
        <source>The context window is full.</source>
        <translation>上下文視窗已滿。</translation>
    </message>
    <message>
        <source>The context window is almost full.</source>
        <translation>上下文視窗即將用滿。</translation>
    </message>
    <message>
        <source>about {count} tokens</source>
        <translation>約 {count} 個 token</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>文件</translation>
    </message>
</context>
<context>
    <name>ContextPresenter</name>
    <message>
        <source>Send everything anyway</source>
        <translation>仍然全部傳送</translation>
    </message>
    <message>
        <source>Ask every time</source>
        <translation>每次詢問我</translation>
    </message>
    <message>
        <source>Leave out oldest messages</source>
        <translation>略去最早的訊息</translation>
    </message>
    <message>
        <source>Summarise oldest messages</source>
        <translation>概括最早的訊息</translation>
    </message>
    <message>
        <source>The model is reloaded with a context window of {size}, which it keeps.</source>
        <translation>模型將以 {size} 上下文讀取，為此會重新載入一次，並保持這一長度。</translation>
    </message>
</context>
<context>
    <name>ContextStrip</name>
    <message>
        <source>Send anyway</source>
        <translation>仍然傳送</translation>
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
        <translation>這些訊息仍保留在對話中，但模型看不到</translation>
    </message>
    <message>
        <source>Summarise</source>
        <translation>概括</translation>
    </message>
    <message>
        <source>The model writes a summary, which is sent in their place</source>
        <translation>由模型寫一份摘要代替它們</translation>
    </message>
    <message>
        <source>The server may refuse the request or drop part of it</source>
        <translation>伺服器可能會拒絕，或自行略去部分內容</translation>
    </message>
    <message>
        <source>Larger context…</source>
        <translation>擴大上下文…</translation>
    </message>
    <message>
        <source>The model uses more memory</source>
        <translation>模型會佔用更多記憶體</translation>
    </message>
    <message>
        <source>View summary…</source>
        <translation>檢視摘要…</translation>
    </message>
    <message>
        <source>Choose what to do when the chat does not fit</source>
        <translation>對話放不下時改用其他方式</translation>
    </message>
    <message>
        <source>Use a {size} context</source>
        <translation>以 {size} 上下文讀取</translation>
    </message>
    <message>
        <source>Choose a larger model…</source>
        <translation>選擇更大的模型…</translation>
    </message>
</context>
<context>
    <name>ConversationDelegate</name>
    <message>
        <source>Chat title</source>
        <translation>對話標題</translation>
    </message>
    <message>
        <source>Folder name</source>
        <translation>資料夾名稱</translation>
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
        <translation>新增資料夾</translation>
    </message>
    <message>
        <source>New chat in this folder</source>
        <translation>在此資料夾中開始新對話</translation>
    </message>
    <message>
        <source>Show only the newest match</source>
        <translation>僅顯示最新的相符項目</translation>
    </message>
    <message>
        <source>Show all matches in this chat</source>
        <translation>顯示此對話中的所有相符項目</translation>
    </message>
</context>
<context>
    <name>ConversationModel</name>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>釘選</translation>
    </message>
    <message>
        <source>Folders</source>
        <translation>資料夾</translation>
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
        <translation>本週</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>In messages</source>
        <translation>訊息內容</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>{folder}, folder, {chats}, unfolded</source>
        <translation>{folder}，資料夾，{chats}，已展開</translation>
    </message>
    <message>
        <source>{folder}, folder, {chats}, folded</source>
        <translation>{folder}，資料夾，{chats}，已摺疊</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近刪除</translation>
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
        <translation>有未傳送的內容</translation>
    </message>
    <message numerus="yes">
        <source>%n more match(es)</source>
        <translation>
            <numerusform>另有 %n 處相符</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DataActions</name>
    <message>
        <source>Import chats</source>
        <translation>匯入對話</translation>
    </message>
    <message>
        <source>From other programs, or from files of Chatdesk</source>
        <translation>來自其他程式，或 Chatdesk 的檔案</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>匯入…</translation>
    </message>
    <message>
        <source>Sync with other computers</source>
        <translation>與其他電腦同步</translation>
    </message>
    <message>
        <source>Through a folder that all can reach: Syncthing, iCloud, OneDrive, Nutstore or WebDAV</source>
        <translation>透過所有電腦都能存取的資料夾：Syncthing、iCloud、OneDrive、堅果雲、WebDAV 伺服器等</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Export everything</source>
        <translation>匯出全部</translation>
    </message>
    <message>
        <source>All chats as Word, PDF, HTML, Markdown or JSON, with presets and glossaries</source>
        <translation>將所有對話匯出為 Word、PDF、HTML、Markdown 或 JSON，包括預設集和術語表</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
</context>
<context>
    <name>DataFolderPresenter</name>
    <message>
        <source>Choose a folder…</source>
        <translation>選擇資料夾…</translation>
    </message>
    <message>
        <source>Move back to the usual folder</source>
        <translation>移回預設資料夾</translation>
    </message>
    <message>
        <source>Folder for all data</source>
        <translation>存放所有資料的資料夾</translation>
    </message>
    <message>
        <source>One folder is inside the other.</source>
        <translation>一個資料夾位於另一個之內。</translation>
    </message>
    <message>
        <source>There is a folder named Chatdesk with files in it. Choose an empty folder.</source>
        <translation>那裡已有名為 Chatdesk 且包含檔案的資料夾。請選擇空資料夾。</translation>
    </message>
    <message>
        <source>Nothing can be written in this folder.</source>
        <translation>無法寫入此資料夾。</translation>
    </message>
    <message>
        <source>This folder cannot be used ({reason}).</source>
        <translation>無法使用此資料夾。（{reason}）</translation>
    </message>
</context>
<context>
    <name>DataSection</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>{size} free</source>
        <translation>剩餘 {size}</translation>
    </message>
    <message>
        <source>Chats on this computer</source>
        <translation>此電腦上的對話</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在檢查…</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s), kept for 30 days</source>
        <translation>
            <numerusform>%n 個對話，保留 30 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近刪除</translation>
    </message>
    <message>
        <source>Empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>資料</translation>
    </message>
    <message>
        <source>Everything stays on this computer unless you send it somewhere.</source>
        <translation>除非由你傳送，所有內容都儲存在此電腦上。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Documents in chats</source>
        <translation>對話中的文件</translation>
    </message>
    <message>
        <source>None</source>
        <translation>無</translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n 個文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>顯示…</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n 個附件</numerusform>
        </translation>
    </message>
    <message>
        <source>{chats}, {attachments}</source>
        <translation>{chats}，{attachments}</translation>
    </message>
    <message>
        <source>Moving in and out</source>
        <translation>匯入與匯出</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移動…</translation>
    </message>
    <message>
        <source>Diagnostics</source>
        <translation>診斷資訊</translation>
    </message>
    <message>
        <source>Versions, numbers and sizes for a bug report. Nothing of your chats.</source>
        <translation>用於錯誤報告的版本、數量和大小，不包含對話內容。</translation>
    </message>
</context>
<context>
    <name>DeclarationForm</name>
    <message>
        <source>Label</source>
        <translation>標籤名</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>預設值</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>選項</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步長</translation>
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
        <translation>記住</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Use letters, digits, _ and -, starting with a letter. The name must be unique.</source>
        <translation>變數名以文字開頭，只含文字、數字、_ 和 -，且不能重複。</translation>
    </message>
    <message>
        <source>Shown in the form. Leave empty to use the variable name.</source>
        <translation>表單裡顯示的名稱。留空則用變數名。</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>類型</translation>
    </message>
    <message>
        <source>Initial value in the form.</source>
        <translation>開始時填好的內容。</translation>
    </message>
    <message>
        <source>One per line.</source>
        <translation>每行一個。</translation>
    </message>
    <message>
        <source>Allow other values</source>
        <translation>允許其他內容</translation>
    </message>
    <message>
        <source>You can also type a value that is not listed.</source>
        <translation>也可以填寫選項以外的內容。</translation>
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
        <translation>選「是」時</translation>
    </message>
    <message>
        <source>Inserted in the prompt if yes is chosen.</source>
        <translation>此時寫進提示詞的文字。</translation>
    </message>
    <message>
        <source>Text if no</source>
        <translation>選「否」時</translation>
    </message>
    <message>
        <source>Leave empty to insert nothing.</source>
        <translation>留空則什麼都不寫。</translation>
    </message>
    <message>
        <source>A value is needed before you can send.</source>
        <translation>不填就不能傳送。</translation>
    </message>
    <message>
        <source>Suggest the last value next time.</source>
        <translation>下次自動填入上次的內容。</translation>
    </message>
    <message>
        <source>Renamed everywhere in the prompt.</source>
        <translation>所有用到它的地方會一起改。</translation>
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
        <translation>此對話已刪除，{days}。</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>還原</translation>
    </message>
    <message>
        <source>Delete permanently</source>
        <translation>永久刪除</translation>
    </message>
</context>
<context>
    <name>DeletedHeader</name>
    <message>
        <source>Recently deleted</source>
        <translation>最近刪除</translation>
    </message>
    <message>
        <source>Back to the list</source>
        <translation>返回清單</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>全部還原</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>顯示或隱藏側邊欄</translation>
    </message>
    <message>
        <source>Delete all permanently…</source>
        <translation>全部永久刪除…</translation>
    </message>
</context>
<context>
    <name>DeletedPage</name>
    <message>
        <source>Search deleted chats</source>
        <translation>搜尋已刪除的對話</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近刪除</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>沒有結果</translation>
    </message>
    <message>
        <source>Deleted chats are kept here for 30 days, then permanently deleted.</source>
        <translation>刪除的對話會在這裡保留 30 天，之後將被永久刪除。</translation>
    </message>
    <message>
        <source>No deleted chats. Chats are kept here for 30 days after you delete them.</source>
        <translation>這裡沒有內容。刪除的對話會保留 30 天。</translation>
    </message>
    <message>
        <source>Select a chat to read it.</source>
        <translation>點按對話可先檢視再決定。</translation>
    </message>
    <message>
        <source>Space used: {size}.</source>
        <translation>共佔用 {size}。</translation>
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
            <numerusform>已還原 %n 項</numerusform>
        </translation>
    </message>
    <message>
        <source>Restored to {folder}</source>
        <translation>已還原到「{folder}」</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>已還原</translation>
    </message>
    <message>
        <source>Permanently delete “{name}”?</source>
        <translation>永久刪除「{name}」？</translation>
    </message>
    <message>
        <source>You cannot undo this.</source>
        <translation>此操作無法復原。</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) in the folder are deleted too. You cannot undo this.</source>
        <translation>
            <numerusform>其中的 %n 個對話也會一併刪除，且無法還原。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Permanently delete %n chat(s)?</source>
        <translation>
            <numerusform>永久刪除全部 %n 項？</numerusform>
        </translation>
    </message>
    <message>
        <source>Existing backups keep a copy until they are replaced by newer ones.</source>
        <translation>此前的備份中仍會保留，直到被新的備份取代。</translation>
    </message>
    <message>
        <source>Delete permanently</source>
        <translation>永久刪除</translation>
    </message>
    <message>
        <source>Permanently deleted</source>
        <translation>已永久刪除</translation>
    </message>
    <message numerus="yes">
        <source>%n permanently deleted</source>
        <translation>
            <numerusform>已永久刪除 %n 項</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeletedTexts</name>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message numerus="yes">
        <source>Folder with %n chat(s)</source>
        <translation>
            <numerusform>含 %n 個對話的資料夾</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 則訊息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>還剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Deleted today at {time}</source>
        <translation>今天 {time} 刪除</translation>
    </message>
    <message>
        <source>Deleted yesterday at {time}</source>
        <translation>昨天 {time} 刪除</translation>
    </message>
    <message>
        <source>Deleted on {day}</source>
        <translation>{day}刪除</translation>
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
        <translation>沒有對話的資料夾</translation>
    </message>
    <message>
        <source>from {folder}</source>
        <translation>原在「{folder}」中</translation>
    </message>
    <message>
        <source>unsent draft</source>
        <translation>未傳送的草稿</translation>
    </message>
</context>
<context>
    <name>DeletionSheet</name>
    <message>
        <source>Delete {model}?</source>
        <translation>刪除 {model}？</translation>
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
        <translation>刪除（釋放 {size}）</translation>
    </message>
    <message>
        <source>This frees no disk space, because {models} uses the same weights.</source>
        <translation>這不會釋放空間：{models} 仍在使用這些權重。</translation>
    </message>
    <message>
        <source>This frees {size}. To use the model again, you need to download or create it again.</source>
        <translation>將釋放 {size}。再次使用時需要重新下載或建立。</translation>
    </message>
    <message>
        <source>This frees up to {size}. To use the model again, you need to download or create it again.</source>
        <translation>最多釋放 {size}。再次使用時需要重新下載或建立。</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到資源回收筒</translation>
    </message>
    <message>
        <source>This frees {size} once you empty the trash. Until then, you can restore the files.</source>
        <translation>清空資源回收筒後可釋放 {size}。在此之前可以還原檔案。</translation>
    </message>
</context>
<context>
    <name>DetailPane</name>
    <message>
        <source>Select a preset to see it here.</source>
        <translation>選擇一個預設集，在這裡檢視。</translation>
    </message>
</context>
<context>
    <name>DiagnosticsSheet</name>
    <message>
        <source>Diagnostics</source>
        <translation>診斷資訊</translation>
    </message>
    <message>
        <source>For a bug report. This is all of it: versions, numbers, sizes and a few settings. It contains no names, addresses, folders or keys, and nothing from your chats. Nothing is sent.</source>
        <translation>用於錯誤報告。全部內容如下：版本、數量、大小和少數設定。其中沒有任何人名，也不包含對話內容、位址、資料夾或金鑰。不會傳送任何內容。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>儲存…</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
</context>
<context>
    <name>DifferenceModel</name>
    <message numerus="yes">
        <source>%n unchanged line(s)</source>
        <translation>
            <numerusform>%n 行未改動</numerusform>
        </translation>
    </message>
    <message>
        <source>These versions are too different to compare: {before} lines before, {after} lines after.</source>
        <translation>差別太大，無法比較：之前 {before} 行，之後 {after} 行。</translation>
    </message>
    <message>
        <source>Added, line {number}: {text}</source>
        <translation>新增，第 {number} 行：{text}</translation>
    </message>
    <message>
        <source>Removed, line {number}: {text}</source>
        <translation>刪除，第 {number} 行：{text}</translation>
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
        <translation>已安裝 Ollama {version}</translation>
    </message>
    <message>
        <source>Ollama was not found on this computer</source>
        <translation>這台電腦上沒有找到 Ollama</translation>
    </message>
    <message>
        <source>Ollama is running, but not on port {port}</source>
        <translation>Ollama 在執行，但不在連接埠 {port} 上</translation>
    </message>
    <message>
        <source>Remove that header from the provider settings, or add its value to OLLAMA_ORIGINS.</source>
        <translation>從供應商設定中移除該標頭，或把它的值加入 OLLAMA_ORIGINS。</translation>
    </message>
    <message>
        <source>The certificate is not for {host}</source>
        <translation>憑證不屬於 {host}</translation>
    </message>
    <message>
        <source>The certificate cannot be trusted</source>
        <translation>憑證不可信任</translation>
    </message>
    <message>
        <source>Use an https address, or allow it in the settings.</source>
        <translation>請使用 https 位址，或在設定中允許傳送。</translation>
    </message>
    <message>
        <source>The server has no models</source>
        <translation>伺服器上沒有模型</translation>
    </message>
    <message>
        <source>Looking for Ollama on this computer…</source>
        <translation>正在這台電腦上尋找 Ollama…</translation>
    </message>
    <message>
        <source>Ollama is not installed on this computer</source>
        <translation>這台電腦沒有安裝 Ollama</translation>
    </message>
    <message>
        <source>{server} is not running at {place}</source>
        <translation>{server} 沒有在 {place} 執行</translation>
    </message>
    <message>
        <source>{server} could not be started</source>
        <translation>無法啟動 {server}</translation>
    </message>
    <message>
        <source>{server} cannot be used at {place}</source>
        <translation>{place} 的 {server} 無法使用</translation>
    </message>
    <message>
        <source>Another chat server</source>
        <translation>另一個聊天伺服器</translation>
    </message>
    <message>
        <source>Ollama is installed</source>
        <translation>已安裝 Ollama</translation>
    </message>
    <message>
        <source>Exit code {code}.</source>
        <translation>結束代碼 {code}。</translation>
    </message>
    <message>
        <source>1 model</source>
        <translation>1 個模型</translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation>{count} 個模型</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} 毫秒</translation>
    </message>
    <message>
        <source>Use this address</source>
        <translation>使用此位址</translation>
    </message>
    <message>
        <source>Add as a provider</source>
        <translation>新增為供應商</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>啟動 Ollama</translation>
    </message>
    <message>
        <source>Choose a CA file…</source>
        <translation>選擇 CA 檔案…</translation>
    </message>
    <message>
        <source>Change address</source>
        <translation>修改位址</translation>
    </message>
    <message>
        <source>Provider settings</source>
        <translation>供應商設定</translation>
    </message>
    <message>
        <source>Download {value}</source>
        <translation>下載 {value}</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>選擇模型</translation>
    </message>
    <message>
        <source>Download page</source>
        <translation>下載頁面</translation>
    </message>
    <message>
        <source>Download it, or run the command in a terminal, then check again.</source>
        <translation>下載安裝，或在終端機中執行命令，然後重新檢查。</translation>
    </message>
    <message>
        <source>Ollama is not running (no response on port {port})</source>
        <translation>連接埠 {port} 沒有回應：Ollama 沒有執行</translation>
    </message>
    <message>
        <source>The environment variable OLLAMA_HOST may be set.</source>
        <translation>可能為它設定了 OLLAMA_HOST。</translation>
    </message>
    <message>
        <source>Ollama stopped right after it was started</source>
        <translation>Ollama 啟動後立即結束了</translation>
    </message>
    <message>
        <source>A server responds at {host}, port {port}</source>
        <translation>{host} 的連接埠 {port} 有回應</translation>
    </message>
    <message>
        <source>Ollama could not be started</source>
        <translation>未能啟動 Ollama</translation>
    </message>
    <message>
        <source>No response on port {port} of this computer</source>
        <translation>這台電腦的連接埠 {port} 沒有回應</translation>
    </message>
    <message>
        <source>{host} is reachable, but does not respond on port {port}</source>
        <translation>{host} 在線上，但連接埠 {port} 沒有回應</translation>
    </message>
    <message>
        <source>By default, Ollama accepts connections only from its own computer. If you let it listen on the network, everyone on that network can use it.</source>
        <translation>Ollama 預設只接受本機的連線，需要設定後才會監聽網路。之後該網路中的所有人都能使用它。</translation>
    </message>
    <message>
        <source>Host not found: {host}</source>
        <translation>找不到名為 {host} 的電腦</translation>
    </message>
    <message>
        <source>Check the spelling, and that you are connected to its network.</source>
        <translation>請檢查拼寫，並確認你在它所在的網路中。</translation>
    </message>
    <message>
        <source>{host} does not respond on port {port}</source>
        <translation>{host} 的連接埠 {port} 沒有反應</translation>
    </message>
    <message>
        <source>It may be turned off, on another network, or behind a firewall.</source>
        <translation>它可能已關機、在另一個網路中，或被防火牆擋住。</translation>
    </message>
    <message>
        <source>{server} responds correctly</source>
        <translation>{server} 回應正常</translation>
    </message>
    <message>
        <source>It accepts the connection, but sends nothing for {seconds} s</source>
        <translation>它接受了連線，但 {seconds} 秒內沒有任何回應</translation>
    </message>
    <message>
        <source>It may be busy, or it may not be a chat server.</source>
        <translation>它可能正忙，也可能根本不是聊天伺服器。</translation>
    </message>
    <message>
        <source>{server} responds at {address}</source>
        <translation>{server} 在 {address} 回應</translation>
    </message>
    <message>
        <source>“localhost” has two addresses, and the server listens on only one of them.</source>
        <translation>「localhost」有兩個位址，它只監聽其中一個。</translation>
    </message>
    <message>
        <source>{vendor} responds at {address}</source>
        <translation>{vendor} 在 {address} 回應</translation>
    </message>
    <message>
        <source>The proxy {proxy} blocks the connection</source>
        <translation>代理 {proxy} 擋住了連線</translation>
    </message>
    <message>
        <source>Without the proxy, the server responds.</source>
        <translation>直接連線時伺服器有回應。</translation>
    </message>
    <message>
        <source>The proxy {proxy} refused the request</source>
        <translation>代理 {proxy} 沒有放行請求</translation>
    </message>
    <message>
        <source>Ollama rejects the host name {host} (403)</source>
        <translation>Ollama 拒絕了主機名 {host}（403）</translation>
    </message>
    <message>
        <source>It accepts other names only when it listens on the network, or when a reverse proxy sends “Host: localhost”.</source>
        <translation>只有監聽網路後，或前面的代理傳送「Host: localhost」時，它才接受其他名稱。</translation>
    </message>
    <message>
        <source>Ollama rejects the Origin header (403)</source>
        <translation>Ollama 拒絕了標頭 Origin（403）</translation>
    </message>
    <message>
        <source>The certificate is not from a trusted authority</source>
        <translation>憑證沒有受信任的機構擔保</translation>
    </message>
    <message>
        <source>If this is your own server, choose its CA file.</source>
        <translation>如果伺服器是你自己的，請選擇其憑證授權單位的檔案。</translation>
    </message>
    <message>
        <source>Use the host name given in the certificate.</source>
        <translation>請使用憑證中的名稱。</translation>
    </message>
    <message>
        <source>The certificate has expired or is not valid yet</source>
        <translation>憑證目前不在有效期內</translation>
    </message>
    <message>
        <source>Renew it on the server, or check the date and time of this computer.</source>
        <translation>需要在伺服器上更新憑證。這台電腦的時間正確嗎？</translation>
    </message>
    <message>
        <source>The address uses https, but the server is not encrypted</source>
        <translation>伺服器沒有加密，而位址寫的是 https</translation>
    </message>
    <message>
        <source>The address uses http, but the server is encrypted</source>
        <translation>伺服器使用加密，而位址寫的是 http</translation>
    </message>
    <message>
        <source>The server was found, but the path in the address is wrong</source>
        <translation>伺服器在線上，但位址的結尾不對</translation>
    </message>
    <message>
        <source>It responds at {address}</source>
        <translation>它在 {address} 回應</translation>
    </message>
    <message>
        <source>The server at this address is not a chat server</source>
        <translation>回應的是別的程式，不是聊天伺服器</translation>
    </message>
    <message>
        <source>It redirects to another address</source>
        <translation>它把請求都轉到另一個位址</translation>
    </message>
    <message>
        <source>The API key is accepted</source>
        <translation>金鑰有效</translation>
    </message>
    <message>
        <source>An API key is required, but none is saved for this address</source>
        <translation>需要金鑰，但沒有為這個位址儲存金鑰</translation>
    </message>
    <message>
        <source>The API key was rejected (401)</source>
        <translation>金鑰未被接受（401）</translation>
    </message>
    <message>
        <source>It may have expired, or belong to another provider or region.</source>
        <translation>金鑰可能已過期，或屬於其他供應商或地區。</translation>
    </message>
    <message>
        <source>The API key was not sent, because the address is not encrypted</source>
        <translation>金鑰沒有傳送：位址未加密</translation>
    </message>
    <message>
        <source>{model} is available</source>
        <translation>{model} 已就緒</translation>
    </message>
    <message>
        <source>{model} is not available on this server</source>
        <translation>這個伺服器上沒有 {model}</translation>
    </message>
    <message>
        <source>Each user&apos;s Ollama has its own models folder. This one may have been started by another user.</source>
        <translation>由其他使用者啟動的 Ollama 把模型放在該使用者的資料夾中，而這一個只查看自己的資料夾。</translation>
    </message>
    <message>
        <source>Version {version} has a known security vulnerability</source>
        <translation>版本 {version} 有已知的安全漏洞</translation>
    </message>
    <message>
        <source>Update to version {wanted} or later.</source>
        <translation>請更新到 {wanted} 或更高版本。</translation>
    </message>
    <message>
        <source>No response within {seconds} s</source>
        <translation>{seconds} 秒內沒有回應</translation>
    </message>
    <message>
        <source>Checking for a response…</source>
        <translation>正在檢視是否有回應…</translation>
    </message>
    <message>
        <source>Contacting the server…</source>
        <translation>正在詢問伺服器…</translation>
    </message>
    <message>
        <source>Checking other common addresses…</source>
        <translation>正在檢視其他常用位址…</translation>
    </message>
    <message>
        <source>{server} does not respond at {place}</source>
        <translation>{server} 在 {place} 沒有回應</translation>
    </message>
    <message>
        <source>{server} requires an API key</source>
        <translation>{server} 需要金鑰</translation>
    </message>
    <message>
        <source>{server} rejected the API key</source>
        <translation>{server} 不接受金鑰</translation>
    </message>
    <message>
        <source>{server} responds, but a model is missing</source>
        <translation>{server} 有回應，但缺少模型</translation>
    </message>
    <message>
        <source>Checking {server}…</source>
        <translation>正在檢查 {server}…</translation>
    </message>
    <message>
        <source>{server} responds at {place}</source>
        <translation>{server} 在 {place} 回應</translation>
    </message>
    <message>
        <source>System error: “{reason}”.</source>
        <translation>系統提示：「{reason}」。</translation>
    </message>
    <message>
        <source>Last output: “{output}”.</source>
        <translation>它最後的輸出：「{output}」。</translation>
    </message>
    <message>
        <source>Try again, or run the command in a terminal to see its full output.</source>
        <translation>請重試，或在終端機中執行該命令，檢視它的全部輸出。</translation>
    </message>
    <message>
        <source>Bypass the proxy</source>
        <translation>不使用代理</translation>
    </message>
    <message>
        <source>Enter API key</source>
        <translation>輸入金鑰</translation>
    </message>
    <message>
        <source>Show instructions</source>
        <translation>顯示方法</translation>
    </message>
    <message>
        <source>{server} has been removed</source>
        <translation>{server} 在此期間已被移除</translation>
    </message>
</context>
<context>
    <name>DoctorCard</name>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>複製報告</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用內建模型</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新檢查</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提問</translation>
    </message>
    <message>
        <source>You can continue reading and writing in the meantime.</source>
        <translation>期間可以繼續閱讀和書寫。</translation>
    </message>
    <message>
        <source>Your message is saved. You can send it again at any time.</source>
        <translation>訊息已儲存，隨時可以重新提問。</translation>
    </message>
    <message>
        <source>No problems found with the connection.</source>
        <translation>連線沒有問題。</translation>
    </message>
    <message>
        <source>Your message is saved. You can send it again once this is fixed.</source>
        <translation>訊息已儲存，問題解決後可以重新提問。</translation>
    </message>
    <message>
        <source>Nothing changes until you choose an action.</source>
        <translation>選擇操作之前不會更改任何內容。</translation>
    </message>
    <message>
        <source>Copies the results without API keys, for a bug report.</source>
        <translation>檢查結果，可用於報告問題，不含金鑰。</translation>
    </message>
</context>
<context>
    <name>DoctorPresenter</name>
    <message>
        <source>Troubleshooting</source>
        <translation>尋找原因</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
</context>
<context>
    <name>DoctorVisit</name>
    <message>
        <source>Saving the change…</source>
        <translation>正在儲存更改…</translation>
    </message>
    <message>
        <source>Starting Ollama… This can take half a minute.</source>
        <translation>正在啟動 Ollama…可能需要半分鐘。</translation>
    </message>
    <message>
        <source>Choose a CA file</source>
        <translation>選擇 CA 檔案</translation>
    </message>
    <message>
        <source>Certificates</source>
        <translation>憑證</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
</context>
<context>
    <name>DocumentFoot</name>
    <message>
        <source>Goes to {server} with the question</source>
        <translation>隨問題傳送到 {server}</translation>
    </message>
    <message>
        <source>Stays on this computer</source>
        <translation>留在這台電腦上</translation>
    </message>
    <message>
        <source>find</source>
        <translation>尋找</translation>
    </message>
    <message>
        <source>back to the chat</source>
        <translation>返回對話</translation>
    </message>
    <message>
        <source>next page</source>
        <translation>下一頁</translation>
    </message>
    <message>
        <source>next sheet</source>
        <translation>下一張工作表</translation>
    </message>
    <message>
        <source>next slide</source>
        <translation>下一張投影片</translation>
    </message>
    <message>
        <source>next file</source>
        <translation>下一個檔案</translation>
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
        <translation>在此文件中尋找</translation>
    </message>
    <message>
        <source>Save the document as…</source>
        <translation>文件另存為…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>View</source>
        <translation>檢視</translation>
    </message>
</context>
<context>
    <name>DocumentOptions</name>
    <message>
        <source>Attach separately</source>
        <translation>單獨新增</translation>
    </message>
    <message>
        <source>Attach all</source>
        <translation>全部新增</translation>
    </message>
    <message>
        <source>As pictures, for models with vision</source>
        <translation>作為圖片傳送（需支援視覺的模型）</translation>
    </message>
    <message>
        <source>The recognised text</source>
        <translation>辨識出的文字</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>作為文字</translation>
    </message>
    <message>
        <source>Read with Tesseract</source>
        <translation>用 Tesseract 辨識</translation>
    </message>
    <message>
        <source>Choose pages…</source>
        <translation>選擇頁面…</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message numerus="yes">
        <source>All %n page(s) as pictures</source>
        <translation>
            <numerusform>全部 %n 頁作為圖片</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DocumentPresenter</name>
    <message>
        <source>Send the whole text</source>
        <translation>傳送全文</translation>
    </message>
    <message>
        <source>Do not search for this question</source>
        <translation>這個問題不尋找</translation>
    </message>
    <message>
        <source>Show the summary</source>
        <translation>檢視摘要</translation>
    </message>
    <message>
        <source>Show the document</source>
        <translation>檢視文件</translation>
    </message>
    <message>
        <source>Use the relevant passages</source>
        <translation>使用相關段落</translation>
    </message>
    <message>
        <source>Summarise first</source>
        <translation>先總結</translation>
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
        <translation>模型會佔用更多記憶體</translation>
    </message>
    <message>
        <source>{name}: about {tokens} tokens. That fills the context; earlier messages may be left out.</source>
        <translation>{name}：約 {tokens} 個 token。這會佔滿上下文，較早的訊息可能不會傳送。</translation>
    </message>
    <message>
        <source>Nothing in {name} matches “{words}”.</source>
        <translation>{name} 中沒有與「{words}」匹配的內容。</translation>
    </message>
    <message>
        <source>Summarising {name}…</source>
        <translation>正在總結 {name}…</translation>
    </message>
    <message>
        <source>Summarising {name}: part {step} of {count}</source>
        <translation>正在總結 {name}：第 {step} 部分，共 {count} 部分</translation>
    </message>
    <message>
        <source>{name} has not been summarised. {reason}</source>
        <translation>{name} 未能總結。{reason}</translation>
    </message>
    <message>
        <source>A summary of {name} will be sent: about {tokens} tokens.</source>
        <translation>將傳送 {name} 的摘要：約 {tokens} 個 token。</translation>
    </message>
    <message>
        <source>These documents are longer than the model can read here: about {tokens} tokens, with room for {room}.</source>
        <translation>這些文件超出了模型在此能讀取的長度：約 {tokens} 個 token，可用空間為 {room}。</translation>
    </message>
    <message>
        <source>{name} is longer than the model can read here: about {tokens} tokens, with room for {room}.</source>
        <translation>{name} 超出了模型在此能讀取的長度：約 {tokens} 個 token，可用空間為 {room}。</translation>
    </message>
    <message>
        <source>The passages of {name} that match the question will be sent.</source>
        <translation>將傳送 {name} 中與問題相關的段落。</translation>
    </message>
    <message>
        <source>{sent} of {count} passages of {name} will be sent, found with “{words}”.</source>
        <translation>將傳送 {name} 的 {count} 個段落中的 {sent} 個，由「{words}」找到。</translation>
    </message>
    <message>
        <source>{sent} of {count} passages of {name} will be sent.</source>
        <translation>將傳送 {name} 的 {count} 個段落中的 {sent} 個。</translation>
    </message>
    <message>
        <source>Choose pages…</source>
        <translation>選擇頁面…</translation>
    </message>
    <message>
        <source>Send only a part of the document</source>
        <translation>只傳送文件的一部分</translation>
    </message>
    <message>
        <source>Summarise first</source>
        <translation>先總結</translation>
    </message>
    <message>
        <source>The model writes a summary, which is sent in place of the text</source>
        <translation>模型寫一份摘要，代替全文傳送</translation>
    </message>
    <message>
        <source>Let the model suggest search terms</source>
        <translation>讓模型建議詞語</translation>
    </message>
    <message>
        <source>The model is asked for alternative search terms for your question</source>
        <translation>請模型為你的問題換用其他詞語</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Choose what is sent of the document</source>
        <translation>選擇傳送文件的哪些內容</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Finished parts are not summarised again</source>
        <translation>已完成的部分不會重新總結</translation>
    </message>
    <message>
        <source>Send the whole text</source>
        <translation>傳送全文</translation>
    </message>
    <message>
        <source>Use the relevant passages</source>
        <translation>使用相關段落</translation>
    </message>
    <message>
        <source>For each question, the passages that fit it are found and sent</source>
        <translation>針對每個問題，尋找並傳送與之相關的段落</translation>
    </message>
    <message>
        <source>Summarising {name}: combining the parts</source>
        <translation>正在總結 {name}：合併各部分</translation>
    </message>
    <message>
        <source>Asking the model for alternative search terms…</source>
        <translation>正在請模型提供其他詞語…</translation>
    </message>
    <message>
        <source>{sentence} Indexing by meaning: {done} of {total}.</source>
        <translation>{sentence}正在按含義建立索引：{done}/{total}。</translation>
    </message>
    <message>
        <source>Use a model with vision…</source>
        <translation>改用支援視覺的模型…</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>選擇模型…</translation>
    </message>
    <message>
        <source>{name} is sent as pictures, which {model} does not support.</source>
        <translation>{name} 以圖片形式傳送，而 {model} 不支援圖片。</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Send the question without the document</source>
        <translation>傳送問題，但不帶此文件</translation>
    </message>
    <message>
        <source>Send the text</source>
        <translation>傳送文字</translation>
    </message>
    <message>
        <source>The text in the file, without its layout</source>
        <translation>檔案中的文字，不含版式</translation>
    </message>
    <message>
        <source>Read with Tesseract</source>
        <translation>用 Tesseract 辨識</translation>
    </message>
    <message>
        <source>Tesseract recognises the text on this computer</source>
        <translation>由 Tesseract 在本機辨識文字</translation>
    </message>
</context>
<context>
    <name>DocumentView</name>
    <message>
        <source>Document {name}</source>
        <translation>文件 {name}</translation>
    </message>
    <message>
        <source>The text of this document is missing. Attach the file again.</source>
        <translation>找不到這個文件的文字，請重新新增檔案。</translation>
    </message>
    <message>
        <source>not sent</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>sent, {tokens}</source>
        <translation>隨問題傳送，{tokens}</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>頁面</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>兩者</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copy without source</source>
        <translation>複製（不含出處）</translation>
    </message>
    <message>
        <source>Ask about this passage</source>
        <translation>就這段內容提問</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文件中尋找</translation>
    </message>
    <message>
        <source>Save the document as…</source>
        <translation>文件另存為…</translation>
    </message>
    <message>
        <source>Text of {name}</source>
        <translation>{name} 的文字</translation>
    </message>
    <message>
        <source>sent as a picture</source>
        <translation>以影像隨問題傳送</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>沒有文字</translation>
    </message>
</context>
<context>
    <name>DownloadsPanel</name>
    <message>
        <source>Provider to download to</source>
        <translation>由哪個供應商下載</translation>
    </message>
    <message>
        <source>Downloads</source>
        <translation>下載</translation>
    </message>
    <message>
        <source>On {server}</source>
        <translation>下載到 {server}</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <translation>
            <numerusform>%n 個進行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is being downloaded.</source>
        <translation>目前沒有下載。</translation>
    </message>
    <message>
        <source>Downloads resume after a restart, also from another source. Each file is checked against its SHA-256 before it is used.</source>
        <translation>重新啟動後下載會繼續，也可換用其他來源。每個檔案在使用前都會核對 SHA-256。</translation>
    </message>
    <message>
        <source>Sources and mirror…</source>
        <translation>來源與鏡像…</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>顯示資料夾</translation>
    </message>
    <message>
        <source>Another model from Ollama&apos;s library</source>
        <translation>Ollama 模型庫中的其他模型</translation>
    </message>
</context>
<context>
    <name>DropOverlay</name>
    <message>
        <source>Drop to open</source>
        <translation>鬆開即可開啟</translation>
    </message>
    <message>
        <source>Chatdesk shows the content before anything is imported.</source>
        <translation>Chatdesk 會先顯示其中的內容，再決定是否儲存。</translation>
    </message>
    <message>
        <source>This cannot be read</source>
        <translation>這個檔案無法讀取</translation>
    </message>
    <message>
        <source>None of these can be read</source>
        <translation>這些檔案都無法讀取</translation>
    </message>
    <message>
        <source>Drop to ask about this file</source>
        <translation>鬆開即可就這個檔案提問</translation>
    </message>
    <message>
        <source>It goes into your next message. Nothing is sent yet.</source>
        <translation>它會隨下一則訊息傳送，現在還不會傳送任何內容。</translation>
    </message>
    <message numerus="yes">
        <source>Drop to ask about these %n file(s)</source>
        <translation>
            <numerusform>鬆開即可就這 %n 個檔案提問</numerusform>
        </translation>
    </message>
    <message>
        <source>They go into your next message. Nothing is sent yet.</source>
        <translation>它們會隨下一則訊息傳送，現在還不會傳送任何內容。</translation>
    </message>
    <message>
        <source>When you send the message, this goes to {server}.</source>
        <translation>傳送訊息時，這些內容會傳到 {server}。</translation>
    </message>
    <message>
        <source>Stays on this computer: {model} runs here.</source>
        <translation>檔案不會離開這台電腦：{model} 在本機執行。</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>還有 %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>File</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>read as text</source>
        <translation>讀取為文字</translation>
    </message>
    <message>
        <source>{model} has no vision</source>
        <translation>{model} 不能辨識圖片</translation>
    </message>
    <message>
        <source>seen as a picture</source>
        <translation>作為圖片檢視</translation>
    </message>
    <message>
        <source>opened in Chatdesk</source>
        <translation>在 Chatdesk 中開啟</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>檔案太大</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>無法讀取</translation>
    </message>
    <message>
        <source>New chat with these</source>
        <translation>用這些檔案新對話</translation>
    </message>
    <message>
        <source>Drop to choose the files</source>
        <translation>鬆開以選擇檔案</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>壓縮檔</translation>
    </message>
    <message>
        <source>you choose its files</source>
        <translation>由你選擇其中的檔案</translation>
    </message>
    <message>
        <source>needs LibreOffice</source>
        <translation>需要 LibreOffice</translation>
    </message>
    <message>
        <source>They stay on this computer: {model} runs here.</source>
        <translation>檔案不會離開這台電腦：{model} 在本機執行。</translation>
    </message>
</context>
<context>
    <name>EditFiles</name>
    <message>
        <source>Picture</source>
        <translation>圖片</translation>
    </message>
</context>
<context>
    <name>EditPresenter</name>
    <message>
        <source>A preset needs a name.</source>
        <translation>預設集需要一個名稱。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>A preset needs a prompt, an opening message or a greeting.</source>
        <translation>預設集至少要有提示詞、開場訊息或問候語之一。</translation>
    </message>
    <message>
        <source>Save as my copy</source>
        <translation>存為我的副本</translation>
    </message>
    <message>
        <source>Not saved.</source>
        <translation>尚未儲存。</translation>
    </message>
    <message>
        <source>A model setting has an invalid value.</source>
        <translation>模型設定中有一項按現在的寫法無法儲存。</translation>
    </message>
    <message>
        <source>Not saved. The built-in preset is unchanged.</source>
        <translation>尚未儲存，內建的原版會保留。</translation>
    </message>
    <message>
        <source>Not saved. Version {number} is unchanged.</source>
        <translation>尚未儲存，第 {number} 版會保留。</translation>
    </message>
    <message>
        <source>Save as version {number}</source>
        <translation>存為第 {number} 版</translation>
    </message>
</context>
<context>
    <name>EditorHead</name>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>說明</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>歷史版本</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Built-in</source>
        <translation>內建</translation>
    </message>
    <message>
        <source>My copy</source>
        <translation>我的副本</translation>
    </message>
    <message>
        <source>Choose icon</source>
        <translation>選擇圖示</translation>
    </message>
    <message>
        <source>What this preset is for</source>
        <translation>它能做什麼</translation>
    </message>
    <message>
        <source>Try with sample</source>
        <translation>用範例試執行</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>我的預設集</translation>
    </message>
    <message>
        <source>Save and use</source>
        <translation>儲存並使用</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新</translation>
    </message>
</context>
<context>
    <name>Engine</name>
    <message>
        <source>The file is damaged.</source>
        <translation>檔案已損壞。</translation>
    </message>
    <message>
        <source>Added by you</source>
        <translation>由你新增</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory; this computer has {memory}.</source>
        <translation>約需 {needed} 記憶體，而這台電腦有 {memory}。</translation>
    </message>
    <message>
        <source>{count} parts</source>
        <translation>{count} 個分卷</translation>
    </message>
    <message>
        <source>about {size} of memory</source>
        <translation>約 {size} 記憶體</translation>
    </message>
    <message>
        <source>{size} of memory</source>
        <translation>記憶體 {size}</translation>
    </message>
    <message>
        <source>Graphics: {names}.</source>
        <translation>顯示卡：{names}。</translation>
    </message>
    <message>
        <source>This build does not use a graphics card. For more speed, connect Ollama under Providers.</source>
        <translation>此版本不使用顯示卡。如果看重速度，可在「供應商」中連線 Ollama，它能使用顯示卡。</translation>
    </message>
    <message>
        <source>llama.cpp, build {build}.</source>
        <translation>llama.cpp，組建編號 {build}。</translation>
    </message>
    <message>
        <source>File not found.</source>
        <translation>檔案不存在。</translation>
    </message>
    <message>
        <source>No permission to read the file.</source>
        <translation>沒有讀取該檔案的權限。</translation>
    </message>
    <message>
        <source>This is not a GGUF file.</source>
        <translation>這不是 GGUF 檔案。</translation>
    </message>
    <message>
        <source>The engine does not support this GGUF version.</source>
        <translation>引擎不支援這個版本的 GGUF。</translation>
    </message>
    <message>
        <source>The file is incomplete. The download may not have finished.</source>
        <translation>檔案不完整，可能沒有下載完。</translation>
    </message>
    <message>
        <source>Some parts of the model are missing.</source>
        <translation>缺少部分分卷。</translation>
    </message>
    <message>
        <source>Vision component of another model; cannot be used alone.</source>
        <translation>視覺模型的配套檔案，不能單獨用於對話。</translation>
    </message>
    <message>
        <source>Not a chat model.</source>
        <translation>不是對話模型。</translation>
    </message>
    <message>
        <source>Included with Chatdesk</source>
        <translation>隨 Chatdesk 提供</translation>
    </message>
    <message>
        <source>Downloaded</source>
        <translation>已下載</translation>
    </message>
    <message>
        <source>The model has no chat template, so a generic one is used. Answers may be poor.</source>
        <translation>沒有對話範本，將使用通用範本，回答可能不正常。</translation>
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
        <translation>運算裝置：{facts}。</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>視覺</translation>
    </message>
    <message>
        <source>{model} does not fit into the memory of the graphics card.</source>
        <translation>{model} 超出了顯示卡的視訊記憶體。</translation>
    </message>
    <message>
        <source>The graphics card failed while {model} ran.</source>
        <translation>執行 {model} 時顯示卡出錯。</translation>
    </message>
    <message>
        <source>The graphics card did not respond while {model} ran.</source>
        <translation>執行 {model} 時顯示卡沒有回應。</translation>
    </message>
    <message>
        <source>The llama-server does not support this kind of model: {model}.</source>
        <translation>llama-server 不支援這類模型：{model}。</translation>
    </message>
    <message>
        <source>The llama-server failed while it loaded {model}.</source>
        <translation>llama-server 載入 {model} 時出錯。</translation>
    </message>
    <message>
        <source>Half of it runs on the processor, so answers take longer.</source>
        <translation>模型的一半改由處理器執行，回答會慢一些。</translation>
    </message>
    <message>
        <source>It runs on the processor, so answers take longer.</source>
        <translation>模型改由處理器執行，回答會慢一些。</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>llama.cpp {tag}, installed on {date}</source>
        <translation>llama.cpp {tag}，安裝於 {date}</translation>
    </message>
    <message>
        <source>Built in</source>
        <translation>內建</translation>
    </message>
    <message>
        <source>It finds passages in documents and cannot be used for chats.</source>
        <translation>它用於尋找文件中的段落，不能用於對話。</translation>
    </message>
</context>
<context>
    <name>EngineCard</name>
    <message>
        <source>engine log</source>
        <translation>引擎記錄檔</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} token</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>As many as fit</source>
        <translation>儘量多</translation>
    </message>
    <message>
        <source>None</source>
        <translation>不使用</translation>
    </message>
    <message numerus="yes">
        <source>After %n minutes</source>
        <translation>
            <numerusform>%n 分鐘後</numerusform>
        </translation>
    </message>
    <message>
        <source>Never</source>
        <translation>從不</translation>
    </message>
    <message>
        <source>Run models with a llama-server of your own…</source>
        <translation>用自己的 llama-server 執行模型…</translation>
    </message>
</context>
<context>
    <name>EngineLogCard</name>
    <message>
        <source>{number} of {count}</source>
        <translation>第 {number} 個，共 {count} 個</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>記錄檔</translation>
    </message>
    <message>
        <source>{number} of the last {count}</source>
        <translation>最後 {count} 個中的第 {number} 個</translation>
    </message>
    <message>
        <source>Search log</source>
        <translation>搜尋記錄檔</translation>
    </message>
    <message>
        <source>Copy log</source>
        <translation>複製記錄檔</translation>
    </message>
    <message>
        <source>Save log</source>
        <translation>儲存記錄檔</translation>
    </message>
    <message>
        <source>Engine log</source>
        <translation>引擎記錄檔</translation>
    </message>
    <message>
        <source>The engine&apos;s output appears here after it has run. It contains no text from your chats.</source>
        <translation>引擎執行後，它的輸出會顯示在這裡，其中沒有你的對話內容。</translation>
    </message>
</context>
<context>
    <name>EngineOffer</name>
    <message>
        <source>Models would then run on {card}, usually several times faster.</source>
        <translation>模型將在 {card} 上執行，通常會快數倍。</translation>
    </message>
    <message>
        <source>Models would then run on {card}, which can be faster.</source>
        <translation>模型將在 {card} 上執行，可能更快。</translation>
    </message>
    <message>
        <source>Get llama.cpp, {size}</source>
        <translation>取得 llama.cpp（{size}）</translation>
    </message>
    <message>
        <source>The graphics card is not used yet</source>
        <translation>尚未使用顯示卡</translation>
    </message>
    <message>
        <source>A llama-server was found on this computer.</source>
        <translation>在這台電腦上找到了 llama-server。</translation>
    </message>
    <message>
        <source>Use it…</source>
        <translation>使用…</translation>
    </message>
    <message>
        <source>Get llama.cpp instead, {size}</source>
        <translation>改為取得 llama.cpp（{size}）</translation>
    </message>
    <message>
        <source>llama.cpp {tag} can be downloaded from github.com.</source>
        <translation>可以從 github.com 下載 llama.cpp {tag}。</translation>
    </message>
    <message>
        <source>Use another program…</source>
        <translation>使用其他程式…</translation>
    </message>
    <message>
        <source>Asking the program for its version and devices…</source>
        <translation>正在查詢該程式的版本和裝置…</translation>
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
        <translation>正在取得 llama.cpp</translation>
    </message>
    <message>
        <source>Stop using it</source>
        <translation>停止使用</translation>
    </message>
    <message>
        <source>It is missing, or other users of this computer could replace it.</source>
        <translation>該程式已不存在，或可能被這台電腦的其他使用者替換。</translation>
    </message>
    <message>
        <source>One of its files has changed since it was installed.</source>
        <translation>它的某個檔案在安裝後發生了變化。</translation>
    </message>
    <message>
        <source>It does not start, or is too old.</source>
        <translation>它無法啟動，或版本過舊。</translation>
    </message>
    <message>
        <source>{reason} Models run with the built-in engine.</source>
        <translation>{reason}模型改由內建引擎執行。</translation>
    </message>
    <message>
        <source>llama-server is not used any more</source>
        <translation>已不再使用 llama-server</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Slower than it could be</source>
        <translation>未能達到最快速度</translation>
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
        <translation>正在處理器上使用 llama-server</translation>
    </message>
    <message>
        <source>Choose a llama-server program</source>
        <translation>選擇 llama-server 程式</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
    <message>
        <source>Use this program for models?</source>
        <translation>使用此程式執行模型？</translation>
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
        <translation>顯示卡：{names}</translation>
    </message>
    <message>
        <source>It is not a part of Chatdesk. Use it only if you trust its source.</source>
        <translation>它不是 Chatdesk 的一部分。請僅在信任其來源時使用。</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>It finds no graphics card that it can use, so models would run on the processor.</source>
        <translation>它沒有找到可用的顯示卡，模型將在處理器上執行。</translation>
    </message>
    <message>
        <source>Both engines answer a few questions. This takes about half a minute.</source>
        <translation>兩個引擎各回答幾個問題，大約需要半分鐘。</translation>
    </message>
    <message>
        <source>Measuring the speed</source>
        <translation>正在測量速度</translation>
    </message>
    <message>
        <source>It was {factor} times as fast as the built-in engine, and has been removed.</source>
        <translation>其速度是內建引擎的 {factor} 倍，已將其移除。</translation>
    </message>
    <message>
        <source>llama.cpp {tag} is not faster on this computer</source>
        <translation>llama.cpp {tag} 在這台電腦上並不更快</translation>
    </message>
    <message>
        <source>This processor has instructions (AVX-512) that the built-in engine does not use. llama.cpp {tag} from github.com may be faster with them. Chatdesk measures it, and keeps it only if it is.</source>
        <translation>此處理器支援內建引擎未使用的指令（AVX-512）。來自 github.com 的 llama.cpp {tag} 可能因此更快。Chatdesk 會進行測量，僅在確實更快時保留它。</translation>
    </message>
    <message>
        <source>Get and measure, {size}</source>
        <translation>取得並測量（{size}）</translation>
    </message>
    <message>
        <source>The processor could be faster</source>
        <translation>處理器可以更快</translation>
    </message>
    <message>
        <source>Uses llama.cpp on the processor, {factor} times as fast</source>
        <translation>正在處理器上使用 llama.cpp，速度為 {factor} 倍</translation>
    </message>
    <message>
        <source>A llama-server of your own</source>
        <translation>自己的 llama-server</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>重新測量</translation>
    </message>
    <message>
        <source>Use llama.cpp {tag}</source>
        <translation>使用 llama.cpp {tag}</translation>
    </message>
    <message>
        <source>llama.cpp {tag} is installed.</source>
        <translation>llama.cpp {tag} 已安裝。</translation>
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
        <translation>與引擎設定相同</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 個 token</translation>
    </message>
    <message>
        <source>Automatic: {count} tokens</source>
        <translation>自動：{count} 個 token</translation>
    </message>
    <message>
        <source>{choice} · {size} of memory</source>
        <translation>{choice} · {size} 記憶體</translation>
    </message>
    <message>
        <source>Stores the context with half the precision. Reading a prompt takes up to 28% longer.</source>
        <translation>以一半精度儲存上下文，讀取提示詞最多慢 28%。</translation>
    </message>
    <message>
        <source>Saves {size}.</source>
        <translation>節省 {size}。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory.</source>
        <translation>約需 {needed} 記憶體。</translation>
    </message>
    <message>
        <source>Needs about {needed} of memory; this computer has {memory}.</source>
        <translation>約需 {needed} 記憶體；本機共有 {memory}。</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>執行緒</translation>
    </message>
    <message>
        <source>Less memory</source>
        <translation>節省記憶體</translation>
    </message>
</context>
<context>
    <name>EngineStateCard</name>
    <message>
        <source>Loading</source>
        <translation>正在載入</translation>
    </message>
    <message>
        <source>No model is loaded</source>
        <translation>沒有載入模型</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸載</translation>
    </message>
    <message>
        <source>{size} of memory in use</source>
        <translation>佔用記憶體 {size}</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s) being written</source>
        <translation>
            <numerusform>正在寫 %n 個回答</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped unexpectedly</source>
        <translation>意外停止</translation>
    </message>
    <message>
        <source>Your changes take effect after the current answer is complete.</source>
        <translation>更改將在目前回答寫完後生效。</translation>
    </message>
    <message>
        <source>Your changes take effect with the next question, when the model is reloaded.</source>
        <translation>更改從下一個問題起生效，屆時會重新載入模型。</translation>
    </message>
    <message>
        <source>context {count} tokens</source>
        <translation>上下文 {count} token</translation>
    </message>
    <message>
        <source>See the log below for its last output. It restarts with the next question.</source>
        <translation>最後的輸出見下方記錄檔。提下一個問題時會重新啟動。</translation>
    </message>
    <message>
        <source>You can see the progress, and stop it, in the chat that is waiting for it.</source>
        <translation>進度顯示在提問的對話中，可以在那裡停止。</translation>
    </message>
    <message>
        <source>It starts when a chat uses one of its models, and stops when you quit Chatdesk.</source>
        <translation>對話使用它的模型時啟動，隨 Chatdesk 一起結束。</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就緒</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>內建引擎</translation>
    </message>
    <message>
        <source>Hide options, files and log</source>
        <translation>隱藏選項、檔案和記錄檔</translation>
    </message>
    <message>
        <source>Options, files and log</source>
        <translation>選項、檔案和記錄檔</translation>
    </message>
    <message>
        <source>on the graphics card</source>
        <translation>在顯示卡上執行</translation>
    </message>
    <message>
        <source>half on the graphics card</source>
        <translation>一半在顯示卡上執行</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Provider settings</source>
        <translation>供應商設定</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>選擇模型</translation>
    </message>
    <message>
        <source>Use the built-in model</source>
        <translation>使用內建模型</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>{server} could not answer.</source>
        <translation>{server} 未能回答。</translation>
    </message>
    <message>
        <source>The address may be wrong, or someone may be intercepting the connection.</source>
        <translation>可能是位址有誤，也可能有人在攔截連線。</translation>
    </message>
    <message>
        <source>The port may be wrong, or /v1 may be missing at the end of the address.</source>
        <translation>可能是連接埠不對，或位址末尾缺少 /v1。</translation>
    </message>
    <message>
        <source>The system keyring could not be used.</source>
        <translation>無法使用系統金鑰環。</translation>
    </message>
    <message>
        <source>The system keyring is locked.</source>
        <translation>系統金鑰環已鎖定。</translation>
    </message>
    <message>
        <source>Check that the disk is connected and writable: {path}</source>
        <translation>請檢查磁碟是否已連線並且可寫：{path}</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>磁碟已滿。</translation>
    </message>
    <message>
        <source>Engine settings</source>
        <translation>引擎設定</translation>
    </message>
    <message>
        <source>Use https</source>
        <translation>使用 https</translation>
    </message>
    <message>
        <source>{server} has moved to {location}.</source>
        <translation>{server} 已遷移到 {location}。</translation>
    </message>
    <message>
        <source>{server} has no model named {model}.</source>
        <translation>{server} 上沒有名為 {model} 的模型。</translation>
    </message>
    <message>
        <source>It may have been removed or renamed.</source>
        <translation>它可能已被移除或改名。</translation>
    </message>
    <message>
        <source>{server} is still loading its model.</source>
        <translation>{server} 仍在載入模型。</translation>
    </message>
    <message>
        <source>The built-in engine could not start.</source>
        <translation>內建引擎無法啟動。</translation>
    </message>
    <message>
        <source>The built-in engine is not installed.</source>
        <translation>未安裝內建引擎。</translation>
    </message>
    <message>
        <source>The built-in engine could not load {model}.</source>
        <translation>內建引擎無法載入 {model}。</translation>
    </message>
    <message>
        <source>You can still use Ollama or a server on the network.</source>
        <translation>仍可使用 Ollama 或網路上的伺服器。</translation>
    </message>
    <message>
        <source>The built-in engine needs the system library {library}, which is not installed.</source>
        <translation>內建引擎需要系統程式庫 {library}，但系統中沒有安裝。</translation>
    </message>
    <message>
        <source>Install it with your system&apos;s package manager, then try again.</source>
        <translation>請用系統的套件管理程式安裝，然後重試。</translation>
    </message>
    <message>
        <source>Install the newer version to open them.</source>
        <translation>請安裝新版本後再開啟。</translation>
    </message>
    <message>
        <source>{name} cannot be attached.</source>
        <translation>無法新增 {name}。</translation>
    </message>
    <message>
        <source>{name} could not be read.</source>
        <translation>無法讀取 {name}。</translation>
    </message>
    <message>
        <source>“{name}” is not a text file.</source>
        <translation>「{name}」不是文字檔。</translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete and cannot be shown.</source>
        <translation>{name} 已損壞或不完整，無法顯示。</translation>
    </message>
    <message>
        <source>The text has more than {limit:,} paragraphs. Translate it in parts.</source>
        <translation>文字超過 {limit:,} 段，請分幾次翻譯。</translation>
    </message>
    <message>
        <source>The model answered without a translation.</source>
        <translation>模型沒有給出譯文。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because the disk is full.</source>
        <translation>無法儲存「{name}」：磁碟已滿。</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>請騰出一些空間，或選擇其他磁碟上的資料夾。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because you do not have permission.</source>
        <translation>無法儲存「{name}」：沒有寫入權限。</translation>
    </message>
    <message>
        <source>Choose another folder, or another name if the file is protected.</source>
        <translation>請選擇其他資料夾；如果檔案受保護，請換一個名稱。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because the disk is read-only.</source>
        <translation>無法儲存「{name}」：磁碟為只讀。</translation>
    </message>
    <message>
        <source>Choose a folder on another disk.</source>
        <translation>請選擇其他磁碟上的資料夾。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because its folder is not available.</source>
        <translation>無法儲存「{name}」：所在資料夾不可用。</translation>
    </message>
    <message>
        <source>Check that its disk or network drive is connected and in order, or choose another folder.</source>
        <translation>請檢查其磁碟或網路驅動器是否已連線且工作正常，或選擇其他資料夾。</translation>
    </message>
    <message>
        <source>The disk does not accept the name {name}.</source>
        <translation>磁碟不接受名稱「{name}」。</translation>
    </message>
    <message>
        <source>Choose a shorter name without special characters.</source>
        <translation>請換一個更短且不含特殊字元的名稱。</translation>
    </message>
    <message>
        <source>{name} is open in another program.</source>
        <translation>「{name}」正被其他程式開啟。</translation>
    </message>
    <message>
        <source>Close it there, or choose another name.</source>
        <translation>請在該程式中將其關閉，或換一個名稱。</translation>
    </message>
    <message>
        <source>{name} could not be saved, because a file or folder already has this name.</source>
        <translation>無法儲存「{name}」：已有同名的檔案或資料夾。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>請換一個名稱。</translation>
    </message>
    <message>
        <source>{name} is larger than the disk allows for a single file.</source>
        <translation>「{name}」超過了該磁碟允許的單一檔案大小。</translation>
    </message>
    <message>
        <source>The disk with your chats is full.</source>
        <translation>存放對話的磁碟已滿。</translation>
    </message>
    <message>
        <source>Nothing was changed. Free some space, then try again.</source>
        <translation>未作任何更改。請騰出一些空間後重試。</translation>
    </message>
    <message>
        <source>Nothing was changed. Close that program, then try again: {path}</source>
        <translation>未作任何更改。請關閉該程式後重試：{path}</translation>
    </message>
    <message>
        <source>{name} could not be saved.</source>
        <translation>無法儲存「{name}」。</translation>
    </message>
    <message>
        <source>The PDF file could not be made.</source>
        <translation>無法生成 PDF 檔案。</translation>
    </message>
    <message>
        <source>Close other programs if memory is short and try again, or choose another format.</source>
        <translation>如果記憶體不足，請關閉其他程式後重試，或選擇其他格式。</translation>
    </message>
    <message>
        <source>The chat could not be printed.</source>
        <translation>無法列印對話。</translation>
    </message>
    <message>
        <source>Check that the printer is connected, or save the chat as PDF.</source>
        <translation>請檢查印表機是否已連線，或將對話儲存為 PDF。</translation>
    </message>
    <message>
        <source>Something went wrong.</source>
        <translation>出了點問題。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <comment>two sentences</comment>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>The application at {server} no longer knows this conversation.</source>
        <translation>{server} 上的應用已經沒有這段對話的記錄。</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>仍然傳送</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登入…</translation>
    </message>
    <message>
        <source>{server} could not download {model}.</source>
        <translation>{server} 無法下載 {model}。</translation>
    </message>
    <message>
        <source>{model} needs a newer version of {server}.</source>
        <translation>{model} 需要更新版本的 {server}。</translation>
    </message>
    <message>
        <source>Update it, then try again.</source>
        <translation>請更新後重試。</translation>
    </message>
    <message>
        <source>{server} stopped downloading {model}.</source>
        <translation>{server} 中斷了 {model} 的下載。</translation>
    </message>
    <message>
        <source>Unlock it and try again.</source>
        <translation>請解鎖後重試。</translation>
    </message>
    <message>
        <source>{file} could not be read.</source>
        <translation>無法讀取 {file}。</translation>
    </message>
    <message>
        <source>Chatdesk was closed while this answer was being written.</source>
        <translation>正在生成此回答時 Chatdesk 被關閉了。</translation>
    </message>
    <message>
        <source>{first} {second}</source>
        <translation>{first}{second}</translation>
    </message>
    <message>
        <source>Not a valid server address: {address}</source>
        <translation>這不是伺服器位址：{address}</translation>
    </message>
    <message>
        <source>It must start with http:// or https:// and must not contain a user name or key.</source>
        <translation>位址應以 http:// 或 https:// 開頭，主機名前不帶使用者名稱或金鑰。</translation>
    </message>
    <message>
        <source>{server} does not respond at {address}.</source>
        <translation>{server} 在 {address} 沒有回應。</translation>
    </message>
    <message>
        <source>Your message is saved. Start the server, or check its address and your connection.</source>
        <translation>訊息已儲存。請啟動伺服器，或檢查位址和網路連線。</translation>
    </message>
    <message>
        <source>It may be loading a large model or handling another request.</source>
        <translation>它可能正在載入大模型，或在處理其他請求。</translation>
    </message>
    <message>
        <source>Check the proxy in the provider settings and in the system settings. You can turn off the system proxy for Chatdesk.</source>
        <translation>請檢查供應商設定中的代理，或系統代理；系統代理可以對 Chatdesk 關閉。</translation>
    </message>
    <message>
        <source>Enter them in the provider settings, next to the proxy. For the system proxy, enter them in the system settings.</source>
        <translation>請在供應商設定的代理一欄填寫。系統代理的使用者名稱和密碼請在系統設定中填寫。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its CA file is not valid.</source>
        <translation>沒有向 {server} 提問：它的 CA 檔案無法使用。</translation>
    </message>
    <message>
        <source>{server} requires an API key, but none is saved.</source>
        <translation>{server} 需要金鑰，但還沒有儲存金鑰。</translation>
    </message>
    <message>
        <source>The API key for {server} was not sent, because {address} is not encrypted.</source>
        <translation>沒有傳送 {server} 的金鑰：{address} 未加密。</translation>
    </message>
    <message>
        <source>Your account may not have access to this model, or a reverse proxy may not accept the host name.</source>
        <translation>此帳號可能無權使用該模型，或者伺服器前面的代理不認識它的主機名。</translation>
    </message>
    <message>
        <source>{server} received too many requests (429). Wait before trying again.</source>
        <translation>{server} 請你稍候：請求過於頻繁（429）。</translation>
    </message>
    <message>
        <source>Add credit to the account, or choose another model.</source>
        <translation>請前往儲值，或換一個模型。</translation>
    </message>
    <message>
        <source>Large models can take a few minutes to load.</source>
        <translation>大模型可能需要一兩分鐘。</translation>
    </message>
    <message>
        <source>The built-in model file is missing.</source>
        <translation>找不到內建模型的檔案。</translation>
    </message>
    <message>
        <source>An API key is a single line of letters, digits and symbols. Copy it again without any surrounding text.</source>
        <translation>金鑰是一行由英文字母、數字和符號組成的文字。請重新複製，不要帶上前後的文字。</translation>
    </message>
    <message>
        <source>Your chats were saved by a newer version of Chatdesk and have not been changed.</source>
        <translation>這些對話由更新版本的 Chatdesk 寫入，未作任何改動。</translation>
    </message>
    <message>
        <source>The chat database is damaged.</source>
        <translation>儲存對話的檔案已損壞。</translation>
    </message>
    <message>
        <source>Chatdesk can repair it or restore a backup.</source>
        <translation>Chatdesk 可以修復它，或還原到備份。</translation>
    </message>
    <message>
        <source>Some characters in your chats are damaged on disk.</source>
        <translation>磁碟上的對話有少數字元已損壞。</translation>
    </message>
    <message>
        <source>They are shown as �. A backup may still contain the original text.</source>
        <translation>這些字元顯示為 �。備份中可能還有原來的內容。</translation>
    </message>
    <message>
        <source>Chatdesk cannot read or write one of its files.</source>
        <translation>Chatdesk 的一個檔案無法讀取或寫入。</translation>
    </message>
    <message>
        <source>A folder is in the place of a file that Chatdesk needs.</source>
        <translation>本應是 Chatdesk 檔案的位置上是一個資料夾。</translation>
    </message>
    <message>
        <source>Rename or move the folder, then try again: {path}</source>
        <translation>請將它改名或移走，然後重試：{path}</translation>
    </message>
    <message>
        <source>Check that the folder is writable and its disk is connected: {path}</source>
        <translation>請確認該資料夾可寫，且所在磁碟已連線：{path}</translation>
    </message>
    <message>
        <source>Unsaved changes are kept in memory and saved once there is space.</source>
        <translation>尚未儲存的內容會留在記憶體中，有空間後再儲存。</translation>
    </message>
    <message>
        <source>{server} did not respond within {seconds:.0f} s.</source>
        <translation>{server} 在 {seconds:.0f} 秒內沒有回應。</translation>
    </message>
    <message>
        <source>{server} timed out (408).</source>
        <translation>{server} 還沒有回答就放棄了等待（408）。</translation>
    </message>
    <message>
        <source>Your message is saved. The connection may be slow, or the server busy.</source>
        <translation>可能是連線太慢，或者伺服器太忙。你的訊息已儲存。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate is not trusted.</source>
        <translation>{server} 的憑證不可信，因此沒有傳送任何內容。</translation>
    </message>
    <message>
        <source>The proxy refused the request to {server}.</source>
        <translation>通往 {server} 的代理沒有放行這個請求。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: the system keyring, which stores its headers, is locked or not responding.</source>
        <translation>沒有向 {server} 傳送請求：儲存其標頭的系統金鑰環已鎖定或沒有應答。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: one of its settings is not valid.</source>
        <translation>沒有向 {server} 提問：它的一項設定無法使用。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its proxy address is not valid.</source>
        <translation>沒有向 {server} 提問：它的代理位址無法使用。</translation>
    </message>
    <message>
        <source>The file must be in PEM format and contain at least one certificate.</source>
        <translation>它必須是至少含有一個憑證的 PEM 檔案。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its extra JSON is not valid.</source>
        <translation>沒有向 {server} 提問：它的附加 JSON 無法使用。</translation>
    </message>
    <message>
        <source>{server} requires an encrypted connection.</source>
        <translation>{server} 要求使用加密連線。</translation>
    </message>
    <message>
        <source>Change its address to {address_there}. Then enter the API key again, because the saved key belongs to the old address.</source>
        <translation>位址可改為 {address_there}。已儲存的金鑰屬於舊位址，屆時請重新輸入。</translation>
    </message>
    <message>
        <source>The server at {url} is not a chat API.</source>
        <translation>{url} 有回應，但不是聊天伺服器的 API。</translation>
    </message>
    <message>
        <source>{server} rejected the API key (401).</source>
        <translation>{server} 不接受此金鑰（401）。</translation>
    </message>
    <message>
        <source>{server} denied access (403).</source>
        <translation>{server} 拒絕存取（403）。</translation>
    </message>
    <message>
        <source>Your message is saved. Try again in a moment.</source>
        <translation>內容沒有遺失，請稍後重試。</translation>
    </message>
    <message>
        <source>Your account at {server} has no credit left.</source>
        <translation>{server} 的帳號餘額已用完。</translation>
    </message>
    <message>
        <source>This chat does not fit the model&apos;s context window.</source>
        <translation>這個對話超出了模型一次能讀取的長度。</translation>
    </message>
    <message>
        <source>{model} does not support pictures.</source>
        <translation>{model} 不支援圖片。</translation>
    </message>
    <message>
        <source>Choose a model with vision, or send without the pictures.</source>
        <translation>請選擇支援視覺的模型，或者不帶圖片提問。</translation>
    </message>
    <message>
        <source>{server} does not have enough memory for {model}.</source>
        <translation>{server} 的記憶體不足以執行 {model}。</translation>
    </message>
    <message>
        <source>Use a smaller context window, unload other models, or choose a smaller model.</source>
        <translation>請減小上下文、卸載其他模型，或選擇更小的模型。</translation>
    </message>
    <message>
        <source>{server} rejected the request ({status}).</source>
        <translation>{server} 沒有接受這個請求（{status}）。</translation>
    </message>
    <message>
        <source>{server} reported an internal error.</source>
        <translation>{server} 內部出錯。</translation>
    </message>
    <message>
        <source>The connection ended before the answer was complete.</source>
        <translation>回答沒有正常結束，可能不完整。</translation>
    </message>
    <message>
        <source>The compressed response from {server} could not be decoded.</source>
        <translation>{server} 發來的內容經過壓縮，無法解壓縮。</translation>
    </message>
    <message>
        <source>Chatdesk does not request compression. A proxy may have changed the response.</source>
        <translation>內容可能在途中被改動。Chatdesk 並未要求壓縮。</translation>
    </message>
    <message>
        <source>The file of {model} is missing.</source>
        <translation>{model} 的檔案已不在原處。</translation>
    </message>
    <message>
        <source>Your message is saved. The file was moved or deleted, or its disk is not connected.</source>
        <translation>它可能被移動或刪除了，或者所在磁碟沒有連線。你的訊息已儲存。</translation>
    </message>
    <message>
        <source>Your message is saved. Choose another model, or see the log. Engine error: {reason}</source>
        <translation>引擎的說明：{reason}。你的訊息已儲存，請換一個模型，或檢視記錄檔。</translation>
    </message>
    <message>
        <source>The built-in engine needs a processor with {feature}, which this computer does not have.</source>
        <translation>內建引擎需要支援 {feature} 的處理器，這台電腦的處理器不支援。</translation>
    </message>
    <message>
        <source>This system has no secure keyring.</source>
        <translation>此系統沒有 Chatdesk 可以信任的金鑰環。</translation>
    </message>
    <message>
        <source>The API key is used until you quit Chatdesk, and is not saved.</source>
        <translation>金鑰僅在本次執行期間使用，不會儲存。</translation>
    </message>
    <message>
        <source>Unlock it and try again. Until then, the API key is used only until you quit Chatdesk.</source>
        <translation>請解鎖後重試；在此之前，金鑰僅在本次執行期間使用。</translation>
    </message>
    <message>
        <source>This is not a valid preset. See line {line}.</source>
        <translation>無法按預設集讀取，請檢視第 {line} 行。</translation>
    </message>
    <message>
        <source>Chats could not be read or saved.</source>
        <translation>無法讀取或寫入對話。</translation>
    </message>
    <message>
        <source>The chat database cannot be opened.</source>
        <translation>無法開啟儲存對話的檔案。</translation>
    </message>
    <message>
        <source>The chat database is missing.</source>
        <translation>儲存對話的檔案不在原來的位置。</translation>
    </message>
    <message>
        <source>It was moved or deleted, or its disk is not connected: {path}</source>
        <translation>檔案可能已被移動或刪除，或所在磁碟未連線：{path}</translation>
    </message>
    <message>
        <source>{name} is larger than {megabytes} MB, the maximum size for attachments.</source>
        <translation>{name} 超過了 {megabytes} MB 的上限，無法新增。</translation>
    </message>
    <message>
        <source>The system keyring did not respond or reported an error.</source>
        <translation>系統金鑰環沒有應答，或出了錯。</translation>
    </message>
    <message>
        <source>Try again. Saved keys are unchanged, and a new API key is used only until you quit Chatdesk.</source>
        <translation>請重試；在此之前，金鑰環裡的內容不變，新金鑰僅在本次執行中使用。</translation>
    </message>
    <message>
        <source>Your data was saved by a newer version of Chatdesk.</source>
        <translation>此處的內容由更新版本的 Chatdesk 寫入。</translation>
    </message>
    <message>
        <source>This version cannot read it. The file has not been changed: {path}</source>
        <translation>此版本無法讀取。檔案已為新版本保留：{path}</translation>
    </message>
    <message>
        <source>This is not the passphrase.</source>
        <translation>密碼詞組不正確。</translation>
    </message>
    <message>
        <source>The passphrase of this backup is needed.</source>
        <translation>需要此備份的密碼詞組。</translation>
    </message>
    <message>
        <source>The passphrase could not be used.</source>
        <translation>無法使用密碼詞組。</translation>
    </message>
    <message>
        <source>This takes up to 1 GB of memory for a moment. Close other programs and try again.</source>
        <translation>這會短暫佔用最多 1 GB 記憶體。請關閉其他程式後重試。</translation>
    </message>
    <message>
        <source>The backup is damaged.</source>
        <translation>備份已損壞。</translation>
    </message>
    <message>
        <source>Nothing has been changed. Choose another backup.</source>
        <translation>沒有任何更改。請選擇其他備份。</translation>
    </message>
    <message>
        <source>The folder was not found.</source>
        <translation>資料夾不存在。</translation>
    </message>
    <message>
        <source>Connect its disk, or choose another folder: {path}</source>
        <translation>請連線其所在磁碟，或選擇其他資料夾：{path}</translation>
    </message>
    <message>
        <source>The folder cannot be read or written.</source>
        <translation>無法讀取或寫入該資料夾。</translation>
    </message>
    <message>
        <source>Check its permissions, or choose another folder: {path}</source>
        <translation>請檢查其權限，或選擇其他資料夾：{path}</translation>
    </message>
    <message>
        <source>There is not enough space in the folder.</source>
        <translation>該資料夾空間不足。</translation>
    </message>
    <message>
        <source>Free some space, or choose another folder: {path}</source>
        <translation>請釋放一些空間，或選擇其他資料夾：{path}</translation>
    </message>
    <message>
        <source>{server} did not accept the user name and password.</source>
        <translation>{server} 不接受該使用者名稱和密碼。</translation>
    </message>
    <message>
        <source>Some servers need a separate password for programs.</source>
        <translation>有些伺服器需要為應用程式單獨設定密碼。</translation>
    </message>
    <message>
        <source>{server} refused the request ({status}).</source>
        <translation>{server} 拒絕了請求（{status}）。</translation>
    </message>
    <message>
        <source>There is no WebDAV folder at this address.</source>
        <translation>此位址沒有 WebDAV 資料夾。</translation>
    </message>
    <message>
        <source>Check the address: {address}</source>
        <translation>請檢查位址：{address}</translation>
    </message>
    <message>
        <source>Connect Ollama or another provider in the settings instead.</source>
        <translation>可以在設定中連線 Ollama 或其他供應商。</translation>
    </message>
    <message>
        <source>It may have been moved, or you may not have permission to open it.</source>
        <translation>檔案可能已被移走，或者你沒有權限開啟它。</translation>
    </message>
    <message>
        <source>{name} is a folder or a device, not a file.</source>
        <translation>{name} 不是檔案，而是資料夾或裝置，沒有讀取任何內容。</translation>
    </message>
    <message>
        <source>This file type is not supported yet: {name}</source>
        <translation>暫不支援此類檔案：{name}</translation>
    </message>
    <message>
        <source>“{name}” is not a table with column headings. See line {line}.</source>
        <translation>「{name}」不是帶欄名的表格，請檢視第 {line} 行。</translation>
    </message>
    <message>
        <source>A batch run can have at most {limit} rows or files.</source>
        <translation>一次最多 {limit} 列或檔案。</translation>
    </message>
    <message>
        <source>{name} has more than {megapixels} megapixels. Resize it, then try again.</source>
        <translation>{name} 超過了 {megapixels} 百萬畫素，請先縮小。</translation>
    </message>
    <message>
        <source>A message can have at most {limit} pictures. Send the rest in another message.</source>
        <translation>一則訊息最多附 {limit} 張圖片，其餘的請隨下一則傳送。</translation>
    </message>
    <message>
        <source>The translation failed.</source>
        <translation>這段內容無法翻譯。</translation>
    </message>
    <message>
        <source>The text has more than {limit:,} characters. Translate it in parts.</source>
        <translation>文字超過 {limit:,} 個字元，請分幾次翻譯。</translation>
    </message>
    <message>
        <source>This file is not a glossary.</source>
        <translation>這個檔案不是術語表。</translation>
    </message>
    <message>
        <source>Each row must contain a term and its translation, separated by a comma. See line {line}.</source>
        <translation>每行寫一個術語和它的譯法，用逗號隔開。請看第 {line} 行。</translation>
    </message>
    <message>
        <source>The model wrote much more than a translation and was stopped.</source>
        <translation>模型寫得遠遠超出譯文應有的長度，已停止。</translation>
    </message>
    <message>
        <source>This can happen with small models. Try again, or choose another model.</source>
        <translation>小模型容易這樣。可以重試，或換一個模型。</translation>
    </message>
    <message>
        <source>Choose another folder, or free some disk space. System error: {reason}</source>
        <translation>請換一個資料夾，或先騰出空間。系統提示：{reason}</translation>
    </message>
    <message>
        <source>The application at {server} is not published, or is turned off.</source>
        <translation>{server} 上的應用沒有發佈，或者已停用。</translation>
    </message>
    <message>
        <source>Publish it, or turn on its workflow, then try again.</source>
        <translation>請在那裡發佈應用或啟用工作流，然後重試。</translation>
    </message>
    <message>
        <source>The application at {server} is not a chat application.</source>
        <translation>{server} 上的應用不是對話應用。</translation>
    </message>
    <message>
        <source>Enter the API key of a chat app, an agent or a chatflow.</source>
        <translation>請填寫聊天助手、Agent 或 Chatflow 應用的金鑰。</translation>
    </message>
    <message>
        <source>The application at {server} has no model set up.</source>
        <translation>{server} 上的應用所用的模型沒有設定好。</translation>
    </message>
    <message>
        <source>Its administrator needs to choose a model or enter the API key for it.</source>
        <translation>需要應用的管理者在那裡選擇模型，或填寫模型的金鑰。</translation>
    </message>
    <message>
        <source>The application at {server} is waiting for a form that can only be filled in on its own page.</source>
        <translation>{server} 上的應用在等待填寫一張表單，只有它自己的頁面才能顯示。</translation>
    </message>
    <message>
        <source>Fill in the form there, then send your message again.</source>
        <translation>請在那裡填寫，然後回到這裡再問一次。</translation>
    </message>
    <message>
        <source>The application at {server} finished without an answer.</source>
        <translation>{server} 上的應用執行了，但沒有傳回任何內容。</translation>
    </message>
    <message>
        <source>In n8n, turn on streaming for both the Chat Trigger and the node that answers, or for neither.</source>
        <translation>在 n8n 中，Chat Trigger 和負責回答的節點要麼都用串流輸出，要麼都不用。</translation>
    </message>
    <message>
        <source>Try again. The earlier messages are then sent with your message.</source>
        <translation>請重試：會把之前的內容告訴它。</translation>
    </message>
    <message>
        <source>Leave out oldest</source>
        <translation>略去最早的訊息</translation>
    </message>
    <message>
        <source>Summarise oldest</source>
        <translation>概括最早的訊息</translation>
    </message>
    <message>
        <source>{server} requires you to sign in to use this model.</source>
        <translation>使用此模型需要先登入 {server}。</translation>
    </message>
    <message>
        <source>Sign in on the page that opens in your browser, then try again.</source>
        <translation>登入頁會在瀏覽器中開啟，完成後回到這裡重試。</translation>
    </message>
    <message>
        <source>Nothing was left out. Choose an action, or a model with a larger context window.</source>
        <translation>沒有略去任何內容。請選擇處理方式，或換用上下文更大的模型。</translation>
    </message>
    <message>
        <source>{model} was not found in the model library.</source>
        <translation>模型庫中沒有名為 {model} 的模型。</translation>
    </message>
    <message>
        <source>Look up the exact name, including the tag after the colon, at ollama.com.</source>
        <translation>請在 ollama.com 尋找準確的名稱，包括冒號後面的部分。</translation>
    </message>
    <message>
        <source>Similar names: {near}.</source>
        <translation>相近的名稱：{near}。</translation>
    </message>
    <message>
        <source>{model} is not available in this quantisation.</source>
        <translation>{model} 沒有這種量化版本。</translation>
    </message>
    <message>
        <source>See the available quantisations on the model&apos;s page, or leave out the tag after the colon.</source>
        <translation>請在它的頁面上檢視有哪些版本，或去掉冒號後面的部分。</translation>
    </message>
    <message>
        <source>Access to {model} is restricted.</source>
        <translation>模型庫不向所有人提供 {model}。</translation>
    </message>
    <message>
        <source>It may be private, or you may need to accept its terms on the model&apos;s page. Sign in there and in {server}, then try again.</source>
        <translation>它可能是私有的，或需要先在其頁面上同意條款。請在那裡以及 {server} 中登入，然後重試。</translation>
    </message>
    <message>
        <source>There is not enough disk space for {model}.</source>
        <translation>磁碟空間不足，放不下 {model}。</translation>
    </message>
    <message>
        <source>{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB free. Free some disk space, or download anyway if {server} stores its models on another disk.</source>
        <translation>還需下載 {needed_gigabytes:.1f} GB，剩餘空間 {free_gigabytes:.1f} GB。請騰出空間；如果 {server} 的模型存放在別處，可以仍然下載。</translation>
    </message>
    <message>
        <source>The disk where {server} stores its models is full.</source>
        <translation>{server} 存放模型的磁碟已滿。</translation>
    </message>
    <message>
        <source>Free some disk space, or delete a model you do not need. The part downloaded so far is kept.</source>
        <translation>請騰出空間，或刪除不需要的模型。已下載的部分會保留。</translation>
    </message>
    <message>
        <source>{server} could not reach the model library.</source>
        <translation>{server} 無法連線到模型庫。</translation>
    </message>
    <message>
        <source>Check its internet connection. The part downloaded so far is kept.</source>
        <translation>它能上網嗎？已下載的部分會保留。</translation>
    </message>
    <message>
        <source>{server} does not trust the certificate of the model library.</source>
        <translation>{server} 不信任模型庫的憑證。</translation>
    </message>
    <message>
        <source>A proxy on your network may be inspecting encrypted connections. If so, {server} needs its CA certificate. Also check the date and time of the computer. Error: {reason}</source>
        <translation>你網路中的代理可能在解開加密連線：{server} 需要信任它的憑證授權單位。電腦日期錯誤也會如此。它的說明：{reason}</translation>
    </message>
    <message>
        <source>The partial download of {model} on {server} is damaged.</source>
        <translation>{server} 保留的 {model} 先前下載的部分已損壞。</translation>
    </message>
    <message>
        <source>Downloads fail until you delete the damaged files from the “blobs” folder of {server}. Their names contain “-partial”. {files}</source>
        <translation>在從 {server} 的「blobs」資料夾中刪除損壞的檔案之前，每次重試都會立即中斷；它們的檔名含有「-partial」。{files}</translation>
    </message>
    <message>
        <source>The part downloaded so far is kept. Try again to resume.</source>
        <translation>已下載的部分會保留，重試時會從那裡繼續。</translation>
    </message>
    <message>
        <source>Server message: {detail}</source>
        <translation>它的說明：{detail}</translation>
    </message>
    <message>
        <source>The built-in engine stopped while loading {model}.</source>
        <translation>內建引擎在載入 {model} 時結束了。</translation>
    </message>
    <message>
        <source>The computer may not have enough memory. Choose a smaller model, or reduce the context window in the settings.</source>
        <translation>電腦記憶體可能不夠。請換一個小一些的模型，或在設定中減小上下文長度。</translation>
    </message>
    <message>
        <source>The proxy for {server} requires a valid user name and password (407).</source>
        <translation>通往 {server} 的代理需要使用者名稱和密碼，或者現有的不對（407）。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: the value of its header {header} is not in the keyring.</source>
        <translation>沒有向 {server} 傳送請求：金鑰環中沒有標頭 {header} 的值。</translation>
    </message>
    <message>
        <source>It must start with http://, https:// or socks5:// and must not contain a path.</source>
        <translation>它以 http://、https:// 或 socks5:// 開頭，且不含路徑。</translation>
    </message>
    <message>
        <source>The provider settings show the line with the error.</source>
        <translation>供應商設定會指出錯誤在哪一行。</translation>
    </message>
    <message>
        <source>Chatdesk does not send an API key to a new address automatically. If the address is correct, enter it in the provider settings.</source>
        <translation>Chatdesk 不會自行把金鑰發往新位址。如果新位址無誤，請在供應商設定中填寫。</translation>
    </message>
    <message>
        <source>Paste the API key from your account in the provider settings, then try again.</source>
        <translation>請在供應商設定中貼上你帳戶的金鑰，然後重試。</translation>
    </message>
    <message>
        <source>It may have expired, or belong to another provider or region.</source>
        <translation>金鑰可能已過期，或屬於其他供應商或地區。</translation>
    </message>
    <message>
        <source>Use an https address, or allow sending it in the provider settings.</source>
        <translation>請改用 https 位址，或在供應商設定中允許傳送。</translation>
    </message>
    <message>
        <source>Enter it again in the provider settings. Values are saved for one address only. Without a system keyring, they are kept only until you quit Chatdesk.</source>
        <translation>請在供應商設定中重新輸入。值只為一個位址儲存；沒有系統金鑰環時只在本次執行中有效。</translation>
    </message>
    <message>
        <source>{server} could not complete the action for {model}.</source>
        <translation>{server} 無法對 {model} 執行此操作。</translation>
    </message>
    <message>
        <source>{server} already has a model named {model}.</source>
        <translation>{server} 已有名為 {model} 的模型。</translation>
    </message>
    <message>
        <source>Choose another name, or delete the existing model first.</source>
        <translation>請換一個名稱，或先刪除那個模型。</translation>
    </message>
    <message>
        <source>{server} cannot read the model file {file}.</source>
        <translation>{file} 不是 {server} 能讀取的模型。</translation>
    </message>
    <message>
        <source>The GGUF file must be complete and of a supported architecture. {detail}</source>
        <translation>它只接受完整且受支援的 GGUF 檔案。{detail}</translation>
    </message>
    <message>
        <source>Check that the file exists and that you have permission to read it ({reason}).</source>
        <translation>檔案是否還在，是否有讀取權限？（{reason}）</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>尋找原因</translation>
    </message>
    <message>
        <source>{model} returned an empty answer.</source>
        <translation>{model} 沒有給出任何回答。</translation>
    </message>
    <message>
        <source>Try again, or send it a message in a chat to see whether it answers.</source>
        <translation>請在對話中向它提問，看看它是否會回答，或再試一次。</translation>
    </message>
    <message>
        <source>Chatdesk is already running but is not responding.</source>
        <translation>Chatdesk 已在執行，但沒有回應。</translation>
    </message>
    <message>
        <source>It may be busy. Try again in a moment, or quit it first.</source>
        <translation>它可能正忙：請稍後再試，或先結束它。</translation>
    </message>
    <message>
        <source>Chatdesk is already running and cannot be contacted securely.</source>
        <translation>Chatdesk 已在執行，但無法安全地與它通訊。</translation>
    </message>
    <message>
        <source>Another user of this computer could intercept the data, so nothing was sent. Use the window that is already open. ({reason})</source>
        <translation>這台電腦的其他使用者可能會截獲內容，因此沒有傳遞任何資訊。請使用已開啟的視窗。（{reason}）</translation>
    </message>
    <message>
        <source>Another program is using the chat database.</source>
        <translation>另一個程式正佔用存放對話的檔案。</translation>
    </message>
    <message>
        <source>The last change was not saved. Close that program, then try again: {path}</source>
        <translation>上一次更改沒有儲存。請關閉該程式後重試：{path}</translation>
    </message>
    <message>
        <source>Your changes are kept and saved as soon as it is available: {path}</source>
        <translation>你的更改會保留，一旦資料庫可用就會儲存：{path}</translation>
    </message>
    <message>
        <source>The new chat was not created. What you have written is kept. Close that program, then try again: {path}</source>
        <translation>未建立新對話。你輸入的內容已保留。請關閉該程式後重試：{path}</translation>
    </message>
    <message>
        <source>What is still listed was not deleted. Close that program, then try again: {path}</source>
        <translation>仍在清單中的內容未被刪除。請關閉該程式後重試：{path}</translation>
    </message>
    <message>
        <source>The last change was not saved. Free some space, then try again.</source>
        <translation>上一次更改沒有儲存。請騰出一些空間後重試。</translation>
    </message>
    <message>
        <source>The new chat was not created. What you have written is kept. Free some space, then try again.</source>
        <translation>未建立新對話。你輸入的內容已保留。請騰出一些空間後重試。</translation>
    </message>
    <message>
        <source>What is still listed was not deleted. Free some space, then try again.</source>
        <translation>仍在清單中的內容未被刪除。請騰出一些空間後重試。</translation>
    </message>
    <message>
        <source>Another program has moved or replaced the chat database.</source>
        <translation>另一個程式移動或替換了存放對話的檔案。</translation>
    </message>
    <message>
        <source>Nothing more is written to it. Your changes are kept in a separate file next to it, and restored when you restart Chatdesk: {path}</source>
        <translation>不會再向它寫入任何內容。你看到的內容儲存在它旁邊的檔案中，再次啟動 Chatdesk 時會還原：{path}</translation>
    </message>
    <message>
        <source>Use a {size} context</source>
        <translation>以 {size} 上下文讀取</translation>
    </message>
    <message>
        <source>The model process on {server} ended.</source>
        <translation>{server} 上的模型程序已終止。</translation>
    </message>
    <message>
        <source>Even without older messages, this does not fit the model&apos;s context window.</source>
        <translation>即使不包括較早的訊息，也超出了模型一次能讀取的長度。</translation>
    </message>
    <message>
        <source>{server} counted {prompt_tokens} tokens; its context window is {limit}. Nothing was left out.</source>
        <translation>{server} 統計為 {prompt_tokens} 個 token，而容量為 {limit}。沒有略去任何內容。</translation>
    </message>
    <message>
        <source>It may have run out of memory. The model is reloaded with the next question.</source>
        <translation>可能是記憶體不足。下次提問時會重新載入模型。</translation>
    </message>
    <message>
        <source>Nothing has been sent yet. A larger context window uses more memory.</source>
        <translation>尚未傳送任何內容。上下文越大，模型佔用的記憶體越多。</translation>
    </message>
    <message>
        <source>The question does not fit the model&apos;s context window.</source>
        <translation>問題太長，超出模型一次能讀取的長度。</translation>
    </message>
    <message>
        <source>The connection to {server} was lost.</source>
        <translation>與 {server} 的連線中斷。</translation>
    </message>
    <message>
        <source>The text received so far is kept.</source>
        <translation>已收到的內容已保留。</translation>
    </message>
    <message>
        <source>The answer exceeded the size limit and was cut off.</source>
        <translation>回答超出長度上限，已被截斷。</translation>
    </message>
    <message>
        <source>An internal error occurred in Chatdesk.</source>
        <translation>Chatdesk 自身出現了錯誤。</translation>
    </message>
    <message>
        <source>Your message and the text received so far are saved. Try again, or see the log for details.</source>
        <translation>訊息和已收到的內容均已儲存。可以重試，記錄檔中有更多資訊。</translation>
    </message>
    <message>
        <source>{file} could not be imported.</source>
        <translation>無法匯入 {file}。</translation>
    </message>
    <message>
        <source>Chatdesk cannot use its data folder.</source>
        <translation>Chatdesk 無法使用自己的資料資料夾。</translation>
    </message>
    <message>
        <source>The built-in engine stopped.</source>
        <translation>內建引擎已停止執行。</translation>
    </message>
    <message>
        <source>The text received so far is kept. The computer may have run out of memory. The engine restarts with the next question.</source>
        <translation>已收到的內容已保留。可能是記憶體不足。下次提問時引擎會重新啟動。</translation>
    </message>
    <message>
        <source>The API key contains an invalid character or is too long.</source>
        <translation>金鑰含有不允許的字元，或者過長。</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型來源</translation>
    </message>
    <message>
        <source>Open its page</source>
        <translation>開啟其頁面</translation>
    </message>
    <message>
        <source>There is no connection to {server}.</source>
        <translation>無法連線到 {server}。</translation>
    </message>
    <message>
        <source>Check your internet connection. If {server} is blocked or slow where you are, choose another model source. What was downloaded is kept.</source>
        <translation>請檢查網路連線。如果你所在的地區無法存取 {server} 或速度很慢，請選擇其他模型來源。已下載的部分會保留。</translation>
    </message>
    <message>
        <source>{server} has no public repository {repository}.</source>
        <translation>{server} 上沒有公開的存放庫 {repository}。</translation>
    </message>
    <message>
        <source>It was renamed or removed, or is private. Choose another model or model source.</source>
        <translation>它可能已改名、被刪除或不公開。請選擇其他模型或模型來源。</translation>
    </message>
    <message>
        <source>{repository} no longer has the version {revision} at {server}.</source>
        <translation>{server} 上的 {repository} 已沒有版本 {revision}。</translation>
    </message>
    <message>
        <source>Its authors replaced it. Search for the model again to get the current version.</source>
        <translation>作者已將其替換。請重新搜尋該模型以取得目前版本。</translation>
    </message>
    <message>
        <source>{repository} no longer has the file {path} at {server}.</source>
        <translation>{server} 上的 {repository} 已沒有檔案 {path}。</translation>
    </message>
    <message>
        <source>Its authors removed or renamed it. Search for the model again.</source>
        <translation>作者已將其刪除或改名。請重新搜尋該模型。</translation>
    </message>
    <message>
        <source>{repository} needs an account at {server}.</source>
        <translation>{repository} 需要 {server} 帳號。</translation>
    </message>
    <message>
        <source>Sign in on the model&apos;s page, accept its conditions, and add a token of your account under Model sources.</source>
        <translation>請在模型頁面登入並接受其條款，然後在「模型來源」中新增你帳號的權杖。</translation>
    </message>
    <message>
        <source>Your account at {server} does not have access to {repository} yet.</source>
        <translation>你在 {server} 的帳號尚無 {repository} 的存取權限。</translation>
    </message>
    <message>
        <source>Accept its conditions on the model&apos;s page. Some authors approve each request, which takes a while.</source>
        <translation>請在模型頁面接受其條款。有些作者會逐一審批請求，需要等待一段時間。</translation>
    </message>
    <message>
        <source>{server} does not accept your token.</source>
        <translation>{server} 不接受你的權杖。</translation>
    </message>
    <message>
        <source>It is wrong, expired or withdrawn. Replace or remove it under Model sources.</source>
        <translation>權杖有誤、已過期或已被撤銷。請在「模型來源」中更換或移除它。</translation>
    </message>
    <message>
        <source>{server} received too many requests from your connection.</source>
        <translation>{server} 收到來自你網路的請求過多。</translation>
    </message>
    <message>
        <source>{server} has a problem of its own (status {status}).</source>
        <translation>{server} 自身出現問題（狀態 {status}）。</translation>
    </message>
    <message>
        <source>Try again later, or choose another model source. What was downloaded is kept.</source>
        <translation>請稍後重試，或選擇其他模型來源。已下載的部分會保留。</translation>
    </message>
    <message>
        <source>The response of {address} is not that of a model source.</source>
        <translation>{address} 的回應不像模型來源。</translation>
    </message>
    <message>
        <source>Check the address under Model sources. A network that requires a login may also answer in place of it.</source>
        <translation>請檢查「模型來源」中的位址。需要登入的網路也可能代替它作出回應。</translation>
    </message>
    <message>
        <source>{server} redirects to {host} without encryption or too often.</source>
        <translation>{server} 重新導向到 {host} 時未加密或次數過多。</translation>
    </message>
    <message>
        <source>Nothing was downloaded from there. Choose another model source.</source>
        <translation>沒有從那裡下載任何內容。請選擇其他模型來源。</translation>
    </message>
    <message>
        <source>{path} at {server} is not the expected file.</source>
        <translation>{server} 上的 {path} 不是預期的檔案。</translation>
    </message>
    <message>
        <source>Its size or SHA-256 differs, so nothing was downloaded. Choose another model source, or search for the model again.</source>
        <translation>其大小或 SHA-256 不符，因此沒有下載。請選擇其他模型來源，或重新搜尋該模型。</translation>
    </message>
    <message>
        <source>{server} does not report the SHA-256 of {path}.</source>
        <translation>{server} 未提供 {path} 的 SHA-256。</translation>
    </message>
    <message>
        <source>Without it, the file cannot be verified, so it was not downloaded.</source>
        <translation>沒有它就無法驗證檔案，因此沒有下載。</translation>
    </message>
    <message>
        <source>{needed_gigabytes:.1f} GB still to download, {free_gigabytes:.1f} GB available; 1 GB stays free. Free some disk space, or choose another folder for models.</source>
        <translation>還需下載 {needed_gigabytes:.1f} GB，可用 {free_gigabytes:.1f} GB（另保留 1 GB）。請釋放磁碟空間，或為模型選擇其他資料夾。</translation>
    </message>
    <message>
        <source>The file is not what its publisher listed. Deleted.</source>
        <translation>檔案與發佈者公佈的不一致，已刪除。</translation>
    </message>
    <message>
        <source>{file} from {server} has another checksum (SHA-256). Try again, or use another source.</source>
        <translation>來自 {server} 的 {file} 總和檢查碼（SHA-256）不符。請重試，或換用其他來源。</translation>
    </message>
    <message>
        <source>The program {path} cannot run models.</source>
        <translation>程式 {path} 無法執行模型。</translation>
    </message>
    <message>
        <source>Models run with the built-in engine instead, on the processor.</source>
        <translation>模型改由內建引擎在處理器上執行。</translation>
    </message>
    <message>
        <source>llama.cpp {tag} is no longer available.</source>
        <translation>llama.cpp {tag} 已無法取得。</translation>
    </message>
    <message>
        <source>A newer version of Chatdesk offers another one. Until then, models run on the processor.</source>
        <translation>新版 Chatdesk 會提供其他版本。在此之前，模型在處理器上執行。</translation>
    </message>
    <message>
        <source>llama.cpp found no graphics card that it can use.</source>
        <translation>llama.cpp 沒有找到可用的顯示卡。</translation>
    </message>
    <message>
        <source>Install or update the driver of your graphics card, then try again.</source>
        <translation>請安裝或更新顯示卡驅動程式，然後重試。</translation>
    </message>
    <message>
        <source>It accepts the next one in {seconds:.0f} s. What was downloaded is kept.</source>
        <translation>{seconds:.0f} 秒後可再次請求。已下載的部分會保留。</translation>
    </message>
    <message>
        <source>A message can have at most {limit} attachments. Send the rest in another message.</source>
        <translation>一則訊息最多可以有 {limit} 個附件。請在另一則訊息中傳送其餘附件。</translation>
    </message>
    <message>
        <source>{name} is not a picture or a document that can be read.</source>
        <translation>「{name}」不是可以讀取的圖片或文件。</translation>
    </message>
    <message>
        <source>{name} has an old format that cannot be read.</source>
        <translation>「{name}」採用舊格式，無法讀取。</translation>
    </message>
    <message>
        <source>{name} is damaged or incomplete.</source>
        <translation>「{name}」已損壞或不完整。</translation>
    </message>
    <message>
        <source>{name} is protected by a password.</source>
        <translation>「{name}」受密碼保護。</translation>
    </message>
    <message>
        <source>Save a copy without the password, then attach that file.</source>
        <translation>請另存一份不帶密碼的副本，然後新增該檔案。</translation>
    </message>
    <message>
        <source>{name} is empty.</source>
        <translation>「{name}」是空檔案。</translation>
    </message>
    <message>
        <source>{name} has more than {characters:,} characters. Attach a part of it.</source>
        <translation>「{name}」超過 {characters:,} 個字元。請只新增其中一部分。</translation>
    </message>
    <message>
        <source>{name} was not opened, because it would expand to far more than its size.</source>
        <translation>未開啟「{name}」，因為它解壓縮後會遠遠超過自身大小。</translation>
    </message>
    <message>
        <source>{name} could not be read: it took too much time or memory.</source>
        <translation>無法讀取「{name}」：佔用的時間或記憶體過多。</translation>
    </message>
    <message>
        <source>Nothing in {name} matches “{words}”.</source>
        <translation>{name} 中沒有與「{words}」匹配的內容。</translation>
    </message>
    <message>
        <source>Nothing has been sent. Edit the question to search with other words.</source>
        <translation>尚未傳送任何內容。請編輯問題，換其他詞語尋找。</translation>
    </message>
    <message>
        <source>Tesseract could not read {name}.</source>
        <translation>Tesseract 無法辨識 {name}。</translation>
    </message>
    <message>
        <source>Send it as pictures to a model with vision, or install Tesseract again.</source>
        <translation>請將它作為圖片傳送給支援視覺的模型，或重新安裝 Tesseract。</translation>
    </message>
    <message>
        <source>No text was found in {name}. Its pages are pictures.</source>
        <translation>在 {name} 中未找到文字，它的頁面都是圖片。</translation>
    </message>
    <message>
        <source>{name} is a HEIC picture, which cannot be read on this computer.</source>
        <translation>{name} 是 HEIC 圖片，無法在這台電腦上讀取。</translation>
    </message>
    <message>
        <source>Save a copy as JPEG, then attach that file.</source>
        <translation>請另存為 JPEG 副本，再新增該檔案。</translation>
    </message>
    <message>
        <source>Save it in a current format (.docx, .pptx or PDF), or install LibreOffice, which then reads it.</source>
        <translation>請另存為目前格式（.docx、.pptx 或 PDF），或安裝 LibreOffice 來讀取它。</translation>
    </message>
    <message>
        <source>LibreOffice could not convert {name}.</source>
        <translation>LibreOffice 無法轉換 {name}。</translation>
    </message>
    <message>
        <source>Open it in an office program, and save it in a current format.</source>
        <translation>請在辦公軟體中開啟它，並另存為目前格式。</translation>
    </message>
    <message>
        <source>Use the relevant passages</source>
        <translation>使用相關段落</translation>
    </message>
    <message>
        <source>This backup was made by a newer version of Chatdesk.</source>
        <translation>此備份由更新版本的 Chatdesk 建立。</translation>
    </message>
    <message>
        <source>Nothing has been changed. Install the newer version to restore it.</source>
        <translation>沒有任何更改。請安裝更新的版本以還原它。</translation>
    </message>
    <message>
        <source>Temporary files could not be written.</source>
        <translation>無法寫入臨時檔案。</translation>
    </message>
    <message>
        <source>There is not enough space for temporary files.</source>
        <translation>臨時檔案的空間不足。</translation>
    </message>
    <message>
        <source>Free some space on the disk of this folder, then try again: {path}</source>
        <translation>請在此資料夾所在的磁碟上釋放一些空間，然後重試：{path}</translation>
    </message>
    <message>
        <source>Pictures and documents could not be saved.</source>
        <translation>無法儲存圖片和文件。</translation>
    </message>
    <message>
        <source>There is not enough space to save pictures and documents.</source>
        <translation>空間不足，無法儲存圖片和文件。</translation>
    </message>
    <message>
        <source>Close other programs, then try again.</source>
        <translation>請關閉其他程式，然後重試。</translation>
    </message>
    <message>
        <source>{name} could not be read: the system could not start the process that reads files.</source>
        <translation>無法讀取 {name}：系統無法啟動讀取檔案的程序。</translation>
    </message>
    <message>
        <source>{name} could not be read, because a temporary copy was not possible.</source>
        <translation>無法讀取 {name}，因為無法建立臨時副本。</translation>
    </message>
    <message>
        <source>Free some disk space, then try again. System error: {reason}</source>
        <translation>請釋放一些磁碟空間，然後重試。系統錯誤：{reason}</translation>
    </message>
    <message>
        <source>The folder does not respond.</source>
        <translation>資料夾沒有回應。</translation>
    </message>
    <message>
        <source>Check the connection to its disk or network drive, or choose another folder: {path}</source>
        <translation>請檢查與其磁碟或網路驅動器的連線，或選擇其他資料夾：{path}</translation>
    </message>
    <message>
        <source>The backup could not be saved.</source>
        <translation>無法儲存備份。</translation>
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
        <translation>一個檔案</translation>
    </message>
    <message>
        <source>A file each, in a folder</source>
        <translation>每個對話一個檔案，放入資料夾</translation>
    </message>
    <message>
        <source>A file each, zipped</source>
        <translation>每個對話一個檔案，打包為 ZIP</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>Plain text, without formatting</source>
        <translation>純文字，不含標記</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>內容</translation>
    </message>
    <message>
        <source>Include</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>頁面</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>問題</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理過程</translation>
    </message>
    <message>
        <source>Time, model and tokens</source>
        <translation>時間、模型和 token 數</translation>
    </message>
    <message>
        <source>Other versions of an answer</source>
        <translation>回答的其他版本</translation>
    </message>
    <message>
        <source>Pictures and documents</source>
        <translation>圖片和文件</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message>
        <source>Normal margins</source>
        <translation>普通邊距</translation>
    </message>
    <message>
        <source>Narrow margins</source>
        <translation>窄邊距</translation>
    </message>
    <message>
        <source>Wide margins</source>
        <translation>寬邊距</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>Page size</source>
        <translation>紙張大小</translation>
    </message>
    <message>
        <source>Margins</source>
        <translation>頁邊距</translation>
    </message>
    <message>
        <source>Presets and glossaries</source>
        <translation>預設集和術語表</translation>
    </message>
    <message>
        <source>One file contains only chats. Presets and glossaries are exported with a file for each chat.</source>
        <translation>單一檔案只包含對話。選擇每個對話一個檔案時，會一併匯出預設集和術語表。</translation>
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
        <translation>推理過程</translation>
    </message>
    <message>
        <source>Sources</source>
        <translation>來源</translation>
    </message>
    <message>
        <source>Version {number} of {count}</source>
        <translation>第 {number} 個版本，共 {count} 個</translation>
    </message>
    <message>
        <source>{count} tokens</source>
        <translation>{count} 個 token</translation>
    </message>
</context>
<context>
    <name>ExportPresenter</name>
    <message>
        <source>Chat</source>
        <translation>對話</translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <source>Page {number} of {count}</source>
        <translation>第 {number} 頁，共 {count} 頁</translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 頁</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>預覽</translation>
    </message>
    <message>
        <source>Previous page</source>
        <translation>上一頁</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>下一頁</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外觀</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
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
        <translation>儲存為 {format}…</translation>
    </message>
    <message>
        <source>Export chat</source>
        <translation>匯出對話</translation>
    </message>
    <message>
        <source>Export chats</source>
        <translation>匯出對話</translation>
    </message>
    <message>
        <source>View</source>
        <translation>檢視</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>選項</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>預覽</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>列印…</translation>
    </message>
    <message>
        <source>No API keys and no folders of this computer, except in what you or a model wrote.</source>
        <translation>不含 API 金鑰和本機資料夾，但你或模型寫下的內容會原樣保留。</translation>
    </message>
</context>
<context>
    <name>ExportVisit</name>
    <message>
        <source>Selected chats</source>
        <translation>所選對話</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>所有對話</translation>
    </message>
    <message>
        <source>Presets and glossaries</source>
        <translation>預設集和術語表</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>Selected messages</source>
        <translation>所選訊息</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 則訊息</numerusform>
        </translation>
    </message>
    <message>
        <source>Whole chat</source>
        <translation>整個對話</translation>
    </message>
    <message>
        <source>Last answer</source>
        <translation>最後一個回答</translation>
    </message>
    <message>
        <source>This question</source>
        <translation>這個問題</translation>
    </message>
    <message>
        <source>This answer</source>
        <translation>這個回答</translation>
    </message>
    <message>
        <source>Folder {name}</source>
        <translation>資料夾「{name}」</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExposureNotice</name>
    <message>
        <source>The API key is sent unencrypted, as you allowed.</source>
        <translation>已按你的允許，以未加密的方式傳送金鑰。</translation>
    </message>
    <message>
        <source>Stop sending</source>
        <translation>不再傳送</translation>
    </message>
    <message>
        <source>This address is not encrypted (http). Others on the network could read the API key, so it is not sent. Use https if the server supports it.</source>
        <translation>此位址未加密（http）：網路上的其他人可能讀到金鑰，因此不會傳送。如果伺服器支援，請改用 https。</translation>
    </message>
    <message>
        <source>Send anyway</source>
        <translation>仍然傳送</translation>
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
        <translation>「{name}」看起來像金鑰。這裡的內容儲存在檔案中，金鑰應填在上面的金鑰欄。</translation>
    </message>
    <message>
        <source>Line {line}: “{name}” is set by Chatdesk.</source>
        <translation>第 {line} 行：「{name}」由 Chatdesk 自己設定。</translation>
    </message>
    <message>
        <source>Enter a JSON object, such as {example}</source>
        <translation>請寫一個物件，例如 {example}</translation>
    </message>
    <message>
        <source>This JSON is too large.</source>
        <translation>內容過多，超出任何伺服器的需要。</translation>
    </message>
    <message>
        <source>Line {line}: “{name}” occurs twice.</source>
        <translation>第 {line} 行：「{name}」出現了兩次。</translation>
    </message>
    <message>
        <source>Line {line} is not valid JSON. Check commas, quotation marks and brackets.</source>
        <translation>第 {line} 行不是 JSON：缺少或多出了逗號、引號或括號。</translation>
    </message>
    <message>
        <source>This is not valid JSON: it contains an invalid number.</source>
        <translation>這不是 JSON：其中有一個數字無效。</translation>
    </message>
    <message>
        <source>Added to every chat request, for options that Chatdesk has no setting for.</source>
        <translation>隨每次對話一起傳送，用於 Chatdesk 沒有提供控制項的參數。</translation>
    </message>
</context>
<context>
    <name>FileSaver</name>
    <message>
        <source>Save as</source>
        <translation>另存為</translation>
    </message>
</context>
<context>
    <name>FindTexts</name>
    <message>
        <source>Find in this chat</source>
        <translation>在此對話中尋找</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>區分大小寫</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全字相符</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>上一個</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一個</translation>
    </message>
    <message>
        <source>Close and keep the position</source>
        <translation>關閉並停留在此處</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>正在尋找…</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>沒有結果</translation>
    </message>
    <message>
        <source>{number} of {total}</source>
        <translation>第 {number} 個，共 {total} 個</translation>
    </message>
</context>
<context>
    <name>FinderCard</name>
    <message>
        <source>Address</source>
        <translation>位址</translation>
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
        <translation>正在辨識伺服器，{seconds} 秒</translation>
    </message>
    <message>
        <source>Enter the address of a server. Chatdesk detects its type. No API key is sent.</source>
        <translation>輸入伺服器位址，Chatdesk 會偵測其類型，不會傳送金鑰。</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>偵測並連線</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>其他位址</translation>
    </message>
</context>
<context>
    <name>FoldedLineObject</name>
    <message>
        <source>Pasted text, {count} characters</source>
        <translation>貼上的文字，{count} 個字元</translation>
    </message>
</context>
<context>
    <name>FolderDefaults</name>
    <message>
        <source>No longer in the library</source>
        <translation>預設集庫中已沒有</translation>
    </message>
    <message>
        <source>None</source>
        <translation>無</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>How should it answer in this folder?</source>
        <translation>它在這個資料夾中應如何回答？</translation>
    </message>
    <message>
        <source>Sent in all chats of this folder, before their own instructions.</source>
        <translation>在此資料夾的所有對話中傳送，位於對話自己的指令之前。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>No preset</source>
        <translation>不使用預設集</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>最近使用的模型</translation>
    </message>
    <message>
        <source>New chats in this folder start with</source>
        <translation>此資料夾中的新對話預設使用</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>不指定模型</translation>
    </message>
    <message>
        <source>Instructions and defaults of the folder</source>
        <translation>資料夾的指令和預設值</translation>
    </message>
</context>
<context>
    <name>FolderErrors</name>
    <message>
        <source>The folder does not exist on the server.</source>
        <translation>伺服器上沒有該資料夾。</translation>
    </message>
    <message>
        <source>Create the folder that contains it, or check the address: {path}</source>
        <translation>請建立其上級資料夾，或檢查位址：{path}</translation>
    </message>
    <message>
        <source>{server} does not respond. ({reason})</source>
        <translation>{server} 沒有回應。（{reason}）</translation>
    </message>
    <message>
        <source>Check the connection and the address: {address}</source>
        <translation>請檢查網路連線和位址：{address}</translation>
    </message>
    <message>
        <source>The password was not sent, because the connection would not be encrypted.</source>
        <translation>連線未加密，因此沒有傳送密碼。</translation>
    </message>
    <message>
        <source>Use an address that begins with https.</source>
        <translation>請使用以 https 開頭的位址。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate is not from a trusted authority.</source>
        <translation>{server} 的憑證不是由受信任的機構頒發的，因此沒有傳送任何內容。</translation>
    </message>
    <message>
        <source>If this is your own server, add its certificate to the trusted certificates of this computer, and restart Chatdesk.</source>
        <translation>如果伺服器是你自己的，請將其憑證新增到這台電腦的受信任憑證中，然後重新啟動 Chatdesk。</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate is for another host name.</source>
        <translation>{server} 的憑證屬於另一個主機名，因此沒有傳送任何內容。</translation>
    </message>
    <message>
        <source>Use the host name given in the certificate, or check the address: {address}</source>
        <translation>請使用憑證中的主機名，或檢查位址：{address}</translation>
    </message>
    <message>
        <source>Nothing was sent to {server}: its certificate has expired or is not valid yet.</source>
        <translation>{server} 的憑證已過期或尚未生效，因此沒有傳送任何內容。</translation>
    </message>
    <message>
        <source>Renew it on the server, or check the date and time of this computer.</source>
        <translation>請在伺服器上更新憑證，或檢查這台電腦的日期和時間。</translation>
    </message>
    <message>
        <source>Host not found: {server}.</source>
        <translation>找不到主機 {server}。</translation>
    </message>
    <message>
        <source>Check the spelling, and that you are connected to its network.</source>
        <translation>請檢查拼寫，並確認你在它所在的網路中。</translation>
    </message>
    <message>
        <source>{server} refused the connection.</source>
        <translation>{server} 拒絕了連線。</translation>
    </message>
    <message>
        <source>Check the port in the address, and whether the WebDAV server is running: {address}</source>
        <translation>請檢查位址中的連接埠，以及 WebDAV 伺服器是否在執行：{address}</translation>
    </message>
    <message>
        <source>The address uses https, but the server is not encrypted.</source>
        <translation>位址寫的是 https，但伺服器沒有加密。</translation>
    </message>
    <message>
        <source>Check the address and its port: {address}</source>
        <translation>請檢查位址和連接埠：{address}</translation>
    </message>
    <message>
        <source>{server} did not respond in time.</source>
        <translation>{server} 沒有及時回應。</translation>
    </message>
    <message>
        <source>The connection to {server} was lost.</source>
        <translation>與 {server} 的連線中斷。</translation>
    </message>
    <message>
        <source>Check the connection, and try again.</source>
        <translation>請檢查連線，然後重試。</translation>
    </message>
    <message>
        <source>The proxy for {server} requires a valid user name and password (407).</source>
        <translation>通往 {server} 的代理需要有效的使用者名稱和密碼（407）。</translation>
    </message>
    <message>
        <source>Enter them in the system settings.</source>
        <translation>請在系統設定中輸入。</translation>
    </message>
    <message>
        <source>The proxy refused the request to {server}.</source>
        <translation>通往 {server} 的代理沒有放行這個請求。</translation>
    </message>
    <message>
        <source>Check the proxy in the system settings.</source>
        <translation>請檢查系統設定中的代理。</translation>
    </message>
    <message>
        <source>{server} requires an encrypted connection.</source>
        <translation>{server} 要求使用加密連線。</translation>
    </message>
    <message>
        <source>{server} has moved to {location}.</source>
        <translation>{server} 已遷移到 {location}。</translation>
    </message>
    <message>
        <source>Nothing was sent there. If the address is correct, enter it.</source>
        <translation>沒有向那裡傳送任何內容。如果該位址正確，請輸入它。</translation>
    </message>
    <message>
        <source>{server} does not give access to the folder ({status}).</source>
        <translation>{server} 不允許存取該資料夾（{status}）。</translation>
    </message>
    <message>
        <source>Check on the server what this user may read and write: {address}</source>
        <translation>請在伺服器上檢查該使用者的讀寫權限：{address}</translation>
    </message>
    <message>
        <source>A file in the folder on {server} is in use by another program and locked ({status}).</source>
        <translation>{server} 上的資料夾中有一個檔案正被另一個程式使用，已被鎖定（{status}）。</translation>
    </message>
    <message>
        <source>Try again in a moment.</source>
        <translation>請稍後重試。</translation>
    </message>
    <message>
        <source>{server} could not answer the request ({status}).</source>
        <translation>{server} 無法處理請求（{status}）。</translation>
    </message>
    <message>
        <source>Try again later. If this stays, something has to be corrected on the server.</source>
        <translation>請稍後重試。如果問題持續存在，則需要在伺服器上修正。</translation>
    </message>
    <message>
        <source>{server} refused the request ({status}).</source>
        <translation>{server} 拒絕了請求（{status}）。</translation>
    </message>
    <message>
        <source>Check the address, and on the server what this user may do: {address}</source>
        <translation>請檢查位址，以及該使用者在伺服器上的權限：{address}</translation>
    </message>
    <message>
        <source>The disk with your chats is full.</source>
        <translation>儲存對話的磁碟已滿。</translation>
    </message>
    <message>
        <source>Free some space, then try again: {path}</source>
        <translation>請釋放一些空間，然後重試：{path}</translation>
    </message>
    <message>
        <source>Another program is using the chat database.</source>
        <translation>另一個程式正佔用儲存對話的檔案。</translation>
    </message>
    <message>
        <source>Close it or wait a moment, then try again: {path}</source>
        <translation>請關閉該程式或稍等片刻，然後重試：{path}</translation>
    </message>
</context>
<context>
    <name>FolderMenu</name>
    <message>
        <source>New chat in this folder</source>
        <translation>在此資料夾中開始新對話</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重新命名</translation>
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
        <translation>新增資料夾…</translation>
    </message>
    <message>
        <source>Delete folder</source>
        <translation>刪除資料夾</translation>
    </message>
    <message>
        <source>Delete folder and its chats</source>
        <translation>刪除資料夾及其中的對話</translation>
    </message>
    <message>
        <source>Delete folder and keep its chats</source>
        <translation>刪除資料夾，保留對話</translation>
    </message>
    <message>
        <source>Instructions and defaults…</source>
        <translation>指令和預設值…</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>匯入對話…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
</context>
<context>
    <name>FolderNames</name>
    <message>
        <source>Quick questions</source>
        <translation>快速提問</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
    </message>
</context>
<context>
    <name>FolderPresenter</name>
    <message>
        <source>New folder</source>
        <translation>新增資料夾</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) moved to {folder}</source>
        <translation>
            <numerusform>已將 %n 個對話移至{folder}</numerusform>
        </translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>「{name}」</translation>
    </message>
    <message numerus="yes">
        <source>Folder and %n chat(s) deleted</source>
        <translation>
            <numerusform>已刪除資料夾和 %n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder deleted</source>
        <translation>已刪除資料夾</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) removed from the folder</source>
        <translation>
            <numerusform>已將 %n 個對話移出資料夾</numerusform>
        </translation>
    </message>
    <message>
        <source>Folder deleted; its chats are kept</source>
        <translation>已刪除資料夾，其中的對話已保留</translation>
    </message>
</context>
<context>
    <name>FoldingEdit</name>
    <message>
        <source>Double-click to show the full text</source>
        <translation>按兩下可顯示全文</translation>
    </message>
    <message>
        <source>Show full pasted text</source>
        <translation>顯示貼上的全文</translation>
    </message>
</context>
<context>
    <name>FontControl</name>
    <message>
        <source>Default (JetBrains Mono)</source>
        <translation>預設（JetBrains Mono）</translation>
    </message>
    <message>
        <source>System font</source>
        <translation>系統字型</translation>
    </message>
</context>
<context>
    <name>FormRow</name>
    <message>
        <source>empty</source>
        <translation>無</translation>
    </message>
    <message>
        <source>This value was changed elsewhere to: {now}. Saving replaces it with the value shown here.</source>
        <translation>此項已在別處改為：{now}。儲存會用這裡的內容替換它。</translation>
    </message>
</context>
<context>
    <name>Formulas</name>
    <message>
        <source>This formula is too large</source>
        <translation>此公式過大</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>阿爾法</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>貝塔</translation>
    </message>
    <message>
        <source>gamma</source>
        <translation>伽馬</translation>
    </message>
    <message>
        <source>delta</source>
        <translation>德爾塔</translation>
    </message>
    <message>
        <source>epsilon</source>
        <translation>艾普西隆</translation>
    </message>
    <message>
        <source>zeta</source>
        <translation>澤塔</translation>
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
        <translation>約塔</translation>
    </message>
    <message>
        <source>kappa</source>
        <translation>卡帕</translation>
    </message>
    <message>
        <source>lambda</source>
        <translation>蘭姆達</translation>
    </message>
    <message>
        <source>mu</source>
        <translation>繆</translation>
    </message>
    <message>
        <source>nu</source>
        <translation>紐</translation>
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
        <translation>西格馬</translation>
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
        <translation>歐米伽</translation>
    </message>
    <message>
        <source>capital gamma</source>
        <translation>大寫伽馬</translation>
    </message>
    <message>
        <source>capital delta</source>
        <translation>大寫德爾塔</translation>
    </message>
    <message>
        <source>capital theta</source>
        <translation>大寫西塔</translation>
    </message>
    <message>
        <source>capital lambda</source>
        <translation>大寫蘭姆達</translation>
    </message>
    <message>
        <source>capital xi</source>
        <translation>大寫克西</translation>
    </message>
    <message>
        <source>capital pi</source>
        <translation>大寫派</translation>
    </message>
    <message>
        <source>capital sigma</source>
        <translation>大寫西格馬</translation>
    </message>
    <message>
        <source>capital upsilon</source>
        <translation>大寫宇普西隆</translation>
    </message>
    <message>
        <source>capital phi</source>
        <translation>大寫斐</translation>
    </message>
    <message>
        <source>capital psi</source>
        <translation>大寫普西</translation>
    </message>
    <message>
        <source>capital omega</source>
        <translation>大寫歐米伽</translation>
    </message>
    <message>
        <source>infinity</source>
        <translation>無窮大</translation>
    </message>
    <message>
        <source>partial</source>
        <translation>偏</translation>
    </message>
    <message>
        <source>nabla</source>
        <translation>納布拉</translation>
    </message>
    <message>
        <source>h bar</source>
        <translation>約化普朗克常數</translation>
    </message>
    <message>
        <source>script l</source>
        <translation>花體 l</translation>
    </message>
    <message>
        <source>real part</source>
        <translation>實部</translation>
    </message>
    <message>
        <source>imaginary part</source>
        <translation>虛部</translation>
    </message>
    <message>
        <source>Weierstrass p</source>
        <translation>魏爾斯特拉斯 p</translation>
    </message>
    <message>
        <source>aleph</source>
        <translation>阿列夫</translation>
    </message>
    <message>
        <source>beth</source>
        <translation>貝特</translation>
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
        <translation>測量角</translation>
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
        <translation>實心方塊</translation>
    </message>
    <message>
        <source>check mark</source>
        <translation>勾號</translation>
    </message>
    <message>
        <source>dagger</source>
        <translation>劍號</translation>
    </message>
    <message>
        <source>double dagger</source>
        <translation>雙劍號</translation>
    </message>
    <message>
        <source>section</source>
        <translation>節</translation>
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
        <translation>星號</translation>
    </message>
    <message>
        <source>filled star</source>
        <translation>實心星</translation>
    </message>
    <message>
        <source>complement</source>
        <translation>補集</translation>
    </message>
    <message>
        <source>pounds</source>
        <translation>英鎊</translation>
    </message>
    <message>
        <source>copyright</source>
        <translation>版權</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>百分號</translation>
    </message>
    <message>
        <source>dollars</source>
        <translation>美元</translation>
    </message>
    <message>
        <source>number sign</source>
        <translation>井號</translation>
    </message>
    <message>
        <source>and</source>
        <translation>與</translation>
    </message>
    <message>
        <source>underscore</source>
        <translation>底線</translation>
    </message>
    <message>
        <source>backslash</source>
        <translation>反斜線</translation>
    </message>
    <message>
        <source>sharp</source>
        <translation>升號</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>降號</translation>
    </message>
    <message>
        <source>natural</source>
        <translation>還原號</translation>
    </message>
    <message>
        <source>clubs</source>
        <translation>梅花</translation>
    </message>
    <message>
        <source>diamonds</source>
        <translation>方塊</translation>
    </message>
    <message>
        <source>hearts</source>
        <translation>紅心</translation>
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
        <translation>減</translation>
    </message>
    <message>
        <source>plus or minus</source>
        <translation>正負</translation>
    </message>
    <message>
        <source>minus or plus</source>
        <translation>負正</translation>
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
        <translation>點</translation>
    </message>
    <message>
        <source>asterisk</source>
        <translation>星號</translation>
    </message>
    <message>
        <source>composed with</source>
        <translation>複合</translation>
    </message>
    <message>
        <source>direct sum</source>
        <translation>直和</translation>
    </message>
    <message>
        <source>circled minus</source>
        <translation>圈減</translation>
    </message>
    <message>
        <source>tensor product</source>
        <translation>張量積</translation>
    </message>
    <message>
        <source>circled dot</source>
        <translation>圈點</translation>
    </message>
    <message>
        <source>circled slash</source>
        <translation>圈斜線</translation>
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
        <translation>交集</translation>
    </message>
    <message>
        <source>union</source>
        <translation>聯集</translation>
    </message>
    <message>
        <source>disjoint union</source>
        <translation>不交併</translation>
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
        <translation>餘積</translation>
    </message>
    <message>
        <source>left semidirect product</source>
        <translation>左半直積</translation>
    </message>
    <message>
        <source>right semidirect product</source>
        <translation>右半直積</translation>
    </message>
    <message>
        <source>wreath product</source>
        <translation>圈積</translation>
    </message>
    <message>
        <source>contour integral</source>
        <translation>環路積分</translation>
    </message>
    <message>
        <source>equals</source>
        <translation>等於</translation>
    </message>
    <message>
        <source>is not equal to</source>
        <translation>不等於</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>小於</translation>
    </message>
    <message>
        <source>is greater than</source>
        <translation>大於</translation>
    </message>
    <message>
        <source>is less than or equal to</source>
        <translation>小於等於</translation>
    </message>
    <message>
        <source>is greater than or equal to</source>
        <translation>大於等於</translation>
    </message>
    <message>
        <source>is not less than</source>
        <translation>不小於</translation>
    </message>
    <message>
        <source>is not greater than</source>
        <translation>不大於</translation>
    </message>
    <message>
        <source>is not less than or equal to</source>
        <translation>不小於等於</translation>
    </message>
    <message>
        <source>is not greater than or equal to</source>
        <translation>不大於等於</translation>
    </message>
    <message>
        <source>is much less than</source>
        <translation>遠小於</translation>
    </message>
    <message>
        <source>is much greater than</source>
        <translation>遠大於</translation>
    </message>
    <message>
        <source>is less than or similar to</source>
        <translation>小於或相似於</translation>
    </message>
    <message>
        <source>is greater than or similar to</source>
        <translation>大於或相似於</translation>
    </message>
    <message>
        <source>is approximately equal to</source>
        <translation>約等於</translation>
    </message>
    <message>
        <source>is equivalent to</source>
        <translation>恆等於</translation>
    </message>
    <message>
        <source>is not equivalent to</source>
        <translation>不恆等於</translation>
    </message>
    <message>
        <source>is similar to</source>
        <translation>相似於</translation>
    </message>
    <message>
        <source>is similar or equal to</source>
        <translation>相似或等於</translation>
    </message>
    <message>
        <source>is congruent to</source>
        <translation>全等於</translation>
    </message>
    <message>
        <source>approaches the limit</source>
        <translation>趨於極限</translation>
    </message>
    <message>
        <source>is proportional to</source>
        <translation>正比於</translation>
    </message>
    <message>
        <source>is defined as</source>
        <translation>定義為</translation>
    </message>
    <message>
        <source>in</source>
        <translation>屬於</translation>
    </message>
    <message>
        <source>not in</source>
        <translation>不屬於</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含元素</translation>
    </message>
    <message>
        <source>is a proper subset of</source>
        <translation>真包含於</translation>
    </message>
    <message>
        <source>is a subset of</source>
        <translation>包含於</translation>
    </message>
    <message>
        <source>is a strict subset of</source>
        <translation>嚴格包含於</translation>
    </message>
    <message>
        <source>is not a subset of</source>
        <translation>不包含於</translation>
    </message>
    <message>
        <source>is not a proper subset of</source>
        <translation>不真包含於</translation>
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
        <translation>平行於</translation>
    </message>
    <message>
        <source>is not parallel to</source>
        <translation>不平行於</translation>
    </message>
    <message>
        <source>is perpendicular to</source>
        <translation>垂直於</translation>
    </message>
    <message>
        <source>vertical bar</source>
        <translation>豎線</translation>
    </message>
    <message>
        <source>does not divide</source>
        <translation>不整除</translation>
    </message>
    <message>
        <source>precedes</source>
        <translation>先於</translation>
    </message>
    <message>
        <source>precedes or equals</source>
        <translation>先於或等於</translation>
    </message>
    <message>
        <source>succeeds</source>
        <translation>後於</translation>
    </message>
    <message>
        <source>succeeds or equals</source>
        <translation>後於或等於</translation>
    </message>
    <message>
        <source>is a normal subgroup of</source>
        <translation>是正規子群，屬於</translation>
    </message>
    <message>
        <source>is a proper normal subgroup of</source>
        <translation>是真正規子群，屬於</translation>
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
        <translation>滿足</translation>
    </message>
    <message>
        <source>for all</source>
        <translation>對所有</translation>
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
        <translation>因為</translation>
    </message>
    <message>
        <source>if and only if</source>
        <translation>若且唯若</translation>
    </message>
    <message>
        <source>implies</source>
        <translation>蘊含</translation>
    </message>
    <message>
        <source>is implied by</source>
        <translation>被蘊含於</translation>
    </message>
    <message>
        <source>is asymptotic to</source>
        <translation>漸近於</translation>
    </message>
    <message>
        <source>join</source>
        <translation>聯結</translation>
    </message>
    <message>
        <source>is defined to equal</source>
        <translation>定義等於</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>left arrow</source>
        <translation>左箭頭</translation>
    </message>
    <message>
        <source>left right arrow</source>
        <translation>左右箭頭</translation>
    </message>
    <message>
        <source>long right arrow</source>
        <translation>長右箭頭</translation>
    </message>
    <message>
        <source>long left arrow</source>
        <translation>長左箭頭</translation>
    </message>
    <message>
        <source>maps to</source>
        <translation>映射到</translation>
    </message>
    <message>
        <source>injects into</source>
        <translation>單射到</translation>
    </message>
    <message>
        <source>maps onto</source>
        <translation>滿射到</translation>
    </message>
    <message>
        <source>up arrow</source>
        <translation>上箭頭</translation>
    </message>
    <message>
        <source>down arrow</source>
        <translation>下箭頭</translation>
    </message>
    <message>
        <source>up down arrow</source>
        <translation>上下箭頭</translation>
    </message>
    <message>
        <source>double up arrow</source>
        <translation>雙上箭頭</translation>
    </message>
    <message>
        <source>double down arrow</source>
        <translation>雙下箭頭</translation>
    </message>
    <message>
        <source>north east arrow</source>
        <translation>右上箭頭</translation>
    </message>
    <message>
        <source>south east arrow</source>
        <translation>右下箭頭</translation>
    </message>
    <message>
        <source>south west arrow</source>
        <translation>左下箭頭</translation>
    </message>
    <message>
        <source>north west arrow</source>
        <translation>左上箭頭</translation>
    </message>
    <message>
        <source>right harpoon</source>
        <translation>右半箭頭</translation>
    </message>
    <message>
        <source>left harpoon</source>
        <translation>左半箭頭</translation>
    </message>
    <message>
        <source>is in equilibrium with</source>
        <translation>可逆反應</translation>
    </message>
    <message>
        <source>leads to</source>
        <translation>導致</translation>
    </message>
    <message>
        <source>sum</source>
        <translation>求和</translation>
    </message>
    <message>
        <source>product</source>
        <translation>求積</translation>
    </message>
    <message>
        <source>integral</source>
        <translation>積分</translation>
    </message>
    <message>
        <source>double integral</source>
        <translation>二重積分</translation>
    </message>
    <message>
        <source>triple integral</source>
        <translation>三重積分</translation>
    </message>
    <message>
        <source>surface integral</source>
        <translation>曲面積分</translation>
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
        <translation>極限</translation>
    </message>
    <message>
        <source>limit superior</source>
        <translation>上極限</translation>
    </message>
    <message>
        <source>limit inferior</source>
        <translation>下極限</translation>
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
        <translation>上確界</translation>
    </message>
    <message>
        <source>infimum</source>
        <translation>下確界</translation>
    </message>
    <message>
        <source>argument of the maximum</source>
        <translation>最大值點</translation>
    </message>
    <message>
        <source>argument of the minimum</source>
        <translation>最小值點</translation>
    </message>
    <message>
        <source>determinant</source>
        <translation>行列式</translation>
    </message>
    <message>
        <source>greatest common divisor</source>
        <translation>最大公約數</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>機率</translation>
    </message>
    <message>
        <source>sine</source>
        <translation>正弦</translation>
    </message>
    <message>
        <source>cosine</source>
        <translation>餘弦</translation>
    </message>
    <message>
        <source>tangent</source>
        <translation>正切</translation>
    </message>
    <message>
        <source>cotangent</source>
        <translation>餘切</translation>
    </message>
    <message>
        <source>secant</source>
        <translation>正割</translation>
    </message>
    <message>
        <source>cosecant</source>
        <translation>餘割</translation>
    </message>
    <message>
        <source>arc sine</source>
        <translation>反正弦</translation>
    </message>
    <message>
        <source>arc cosine</source>
        <translation>反餘弦</translation>
    </message>
    <message>
        <source>arc tangent</source>
        <translation>反正切</translation>
    </message>
    <message>
        <source>hyperbolic sine</source>
        <translation>雙曲正弦</translation>
    </message>
    <message>
        <source>hyperbolic cosine</source>
        <translation>雙曲餘弦</translation>
    </message>
    <message>
        <source>hyperbolic tangent</source>
        <translation>雙曲正切</translation>
    </message>
    <message>
        <source>hyperbolic cotangent</source>
        <translation>雙曲餘切</translation>
    </message>
    <message>
        <source>log</source>
        <translation>對數</translation>
    </message>
    <message>
        <source>natural log</source>
        <translation>自然對數</translation>
    </message>
    <message>
        <source>exponential</source>
        <translation>指數函數</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>核</translation>
    </message>
    <message>
        <source>dimension</source>
        <translation>維數</translation>
    </message>
    <message>
        <source>degree</source>
        <translation>次數</translation>
    </message>
    <message>
        <source>hom</source>
        <translation>同態集</translation>
    </message>
    <message>
        <source>argument</source>
        <translation>輻角</translation>
    </message>
    <message>
        <source>open parenthesis</source>
        <translation>左括號</translation>
    </message>
    <message>
        <source>close parenthesis</source>
        <translation>右括號</translation>
    </message>
    <message>
        <source>open bracket</source>
        <translation>左中括號</translation>
    </message>
    <message>
        <source>close bracket</source>
        <translation>右中括號</translation>
    </message>
    <message>
        <source>open brace</source>
        <translation>左大括號</translation>
    </message>
    <message>
        <source>close brace</source>
        <translation>右大括號</translation>
    </message>
    <message>
        <source>open angle bracket</source>
        <translation>左角括號</translation>
    </message>
    <message>
        <source>close angle bracket</source>
        <translation>右角括號</translation>
    </message>
    <message>
        <source>floor of</source>
        <translation>下取整</translation>
    </message>
    <message>
        <source>end floor</source>
        <translation>下取整結束</translation>
    </message>
    <message>
        <source>ceiling of</source>
        <translation>上取整</translation>
    </message>
    <message>
        <source>end ceiling</source>
        <translation>上取整結束</translation>
    </message>
    <message>
        <source>absolute value of</source>
        <translation>絕對值</translation>
    </message>
    <message>
        <source>end absolute value</source>
        <translation>絕對值結束</translation>
    </message>
    <message>
        <source>norm of</source>
        <translation>範數</translation>
    </message>
    <message>
        <source>end norm</source>
        <translation>範數結束</translation>
    </message>
    <message>
        <source>double vertical bar</source>
        <translation>雙豎線</translation>
    </message>
    <message>
        <source>colon</source>
        <translation>冒號</translation>
    </message>
    <message>
        <source>factorial</source>
        <translation>的階乘</translation>
    </message>
    <message>
        <source>hat</source>
        <translation>帽</translation>
    </message>
    <message>
        <source>tilde</source>
        <translation>波浪線</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>橫線</translation>
    </message>
    <message>
        <source>check</source>
        <translation>勾</translation>
    </message>
    <message>
        <source>acute</source>
        <translation>銳音符</translation>
    </message>
    <message>
        <source>grave</source>
        <translation>鈍音符</translation>
    </message>
    <message>
        <source>double dot</source>
        <translation>雙點</translation>
    </message>
    <message>
        <source>triple dot</source>
        <translation>三點</translation>
    </message>
    <message>
        <source>breve</source>
        <translation>短音符</translation>
    </message>
    <message>
        <source>ring</source>
        <translation>圓圈</translation>
    </message>
    <message>
        <source>underline</source>
        <translation>底線</translation>
    </message>
    <message>
        <source>double arrow</source>
        <translation>雙箭頭</translation>
    </message>
    <message>
        <source>arc</source>
        <translation>弧</translation>
    </message>
    <message>
        <source>right arrow</source>
        <translation>右箭頭</translation>
    </message>
    <message>
        <source>the natural numbers</source>
        <translation>自然數集</translation>
    </message>
    <message>
        <source>the integers</source>
        <translation>整數集</translation>
    </message>
    <message>
        <source>the rational numbers</source>
        <translation>有理數集</translation>
    </message>
    <message>
        <source>the real numbers</source>
        <translation>實數集</translation>
    </message>
    <message>
        <source>the complex numbers</source>
        <translation>複數集</translation>
    </message>
    <message>
        <source>approaches</source>
        <translation>趨於</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 列</translation>
    </message>
    <message>
        <source>1 column</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>blank</source>
        <translation>空</translation>
    </message>
    <message>
        <source>This formula contains an unknown command: {command}</source>
        <translation>此公式含有無法辨識的命令：{command}</translation>
    </message>
    <message>
        <source>Formulas cannot use {command}</source>
        <translation>公式中不能使用 {command}</translation>
    </message>
    <message>
        <source>This formula has unclosed braces or environments</source>
        <translation>此公式的括號或環境沒有閉合</translation>
    </message>
    <message>
        <source>This formula is incomplete</source>
        <translation>此公式缺少內容</translation>
    </message>
    <message>
        <source>This formula takes too long to display</source>
        <translation>排版此公式耗時過長</translation>
    </message>
    <message>
        <source>This formula is empty</source>
        <translation>此公式沒有可顯示的內容</translation>
    </message>
    <message>
        <source>This formula cannot be displayed</source>
        <translation>無法排版此公式</translation>
    </message>
    <message>
        <source>{a} over {b}</source>
        <translation>{b} 分之 {a}</translation>
    </message>
    <message>
        <source>fraction, {a}, over, {b}, end fraction</source>
        <translation>分式，分子 {a}，分母 {b}，分式結束</translation>
    </message>
    <message>
        <source>square root of {a}</source>
        <translation>根號 {a}</translation>
    </message>
    <message>
        <source>square root of {a}, end root</source>
        <translation>根號 {a}，根號結束</translation>
    </message>
    <message>
        <source>cube root of {a}</source>
        <translation>三次根號 {a}</translation>
    </message>
    <message>
        <source>cube root of {a}, end root</source>
        <translation>三次根號 {a}，根號結束</translation>
    </message>
    <message>
        <source>root of order {a} of {b}</source>
        <translation>{a} 次根號 {b}</translation>
    </message>
    <message>
        <source>root of order {a} of {b}, end root</source>
        <translation>{a} 次根號 {b}，根號結束</translation>
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
        <translation>{a} 的冪，指數 {b}，指數結束</translation>
    </message>
    <message>
        <source>inverse {a}</source>
        <translation>反 {a}</translation>
    </message>
    <message>
        <source>{a} superscript {b}</source>
        <translation>{a} 上標 {b}</translation>
    </message>
    <message>
        <source>{a} superscript {b}, end superscript</source>
        <translation>{a} 上標 {b}，上標結束</translation>
    </message>
    <message>
        <source>superscript {a}</source>
        <translation>上標 {a}</translation>
    </message>
    <message>
        <source>{a} sub {b}</source>
        <translation>{a} 下標 {b}</translation>
    </message>
    <message>
        <source>{a} sub {b}, end sub</source>
        <translation>{a} 下標 {b}，下標結束</translation>
    </message>
    <message>
        <source>subscript {a}</source>
        <translation>下標 {a}</translation>
    </message>
    <message>
        <source>{a} transpose</source>
        <translation>{a} 的轉置</translation>
    </message>
    <message>
        <source>{a} base {b} of</source>
        <translation>{a}，底數 {b}，真數</translation>
    </message>
    <message>
        <source>{a} from {b} to {c} of</source>
        <translation>{a}，從 {b} 到 {c}，</translation>
    </message>
    <message>
        <source>{a} over {b} of</source>
        <translation>{a}，範圍 {b}，</translation>
    </message>
    <message>
        <source>{a} up to {b} of</source>
        <translation>{a}，到 {b} 為止，</translation>
    </message>
    <message>
        <source>{a} of</source>
        <translation>{a}</translation>
    </message>
    <message>
        <source>{a} as {b} of</source>
        <translation>{a}，當 {b} 時，</translation>
    </message>
    <message>
        <source>evaluated at {a}</source>
        <translation>在 {a} 處取值</translation>
    </message>
    <message>
        <source>evaluated from {a} to {b}</source>
        <translation>從 {a} 到 {b} 取值之差</translation>
    </message>
    <message>
        <source>{a} {b}</source>
        <translation>{a} {b}</translation>
    </message>
    <message>
        <source>{b} over {a}, end</source>
        <translation>{a} 上加 {b}，結束</translation>
    </message>
    <message>
        <source>vector {a}</source>
        <translation>向量 {a}</translation>
    </message>
    <message>
        <source>vector {a}, end vector</source>
        <translation>向量 {a}，向量結束</translation>
    </message>
    <message>
        <source>{a} of {b}</source>
        <translation>{a} 括號 {b}</translation>
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
        <translation>上大括號 {a}，大括號結束</translation>
    </message>
    <message>
        <source>brace under {a}, end brace</source>
        <translation>下大括號 {a}，大括號結束</translation>
    </message>
    <message>
        <source>{a} choose {b}</source>
        <translation>{a} 選 {b}</translation>
    </message>
    <message>
        <source>binomial, {a}, choose, {b}, end binomial</source>
        <translation>組合數，{a}，選，{b}，組合數結束</translation>
    </message>
    <message>
        <source>not {a}</source>
        <translation>非 {a}</translation>
    </message>
    <message>
        <source>crossed out {a}</source>
        <translation>劃去的 {a}</translation>
    </message>
    <message>
        <source>box: {a}, end box</source>
        <translation>方框：{a}，方框結束</translation>
    </message>
    <message>
        <source>number {a}</source>
        <translation>編號 {a}</translation>
    </message>
    <message>
        <source>modulo {a}</source>
        <translation>模 {a}</translation>
    </message>
    <message>
        <source>bold {a}</source>
        <translation>粗體 {a}</translation>
    </message>
    <message>
        <source>script {a}</source>
        <translation>花體 {a}</translation>
    </message>
    <message>
        <source>fraktur {a}</source>
        <translation>哥德體 {a}</translation>
    </message>
    <message>
        <source>double-struck {a}</source>
        <translation>空心 {a}</translation>
    </message>
    <message>
        <source>matrix with {a} and {b}: {c}; end matrix</source>
        <translation>矩陣，{a} {b}：{c}；矩陣結束</translation>
    </message>
    <message>
        <source>determinant with {a} and {b}: {c}; end determinant</source>
        <translation>行列式，{a} {b}：{c}；行列式結束</translation>
    </message>
    <message>
        <source>table with {a} and {b}: {c}; end table</source>
        <translation>表格，{a} {b}：{c}；表格結束</translation>
    </message>
    <message>
        <source>{a}: {b}; end cases</source>
        <translation>{a}：{b}；分情況結束</translation>
    </message>
    <message>
        <source>{a} rows</source>
        <translation>{a} 列</translation>
    </message>
    <message>
        <source>{a} columns</source>
        <translation>{a} 行</translation>
    </message>
    <message>
        <source>{a} cases</source>
        <translation>{a} 種情況</translation>
    </message>
    <message>
        <source>row {a}: {b}</source>
        <translation>第 {a} 列：{b}</translation>
    </message>
    <message>
        <source>case {a}: {b}</source>
        <translation>情況 {a}：{b}</translation>
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
        <translation>在你選擇之前不會讀取任何內容，也不會有任何內容離開這台電腦。</translation>
    </message>
    <message>
        <source>Found on this computer</source>
        <translation>在這台電腦上找到</translation>
    </message>
    <message>
        <source>From a file or folder</source>
        <translation>來自檔案或資料夾</translation>
    </message>
    <message>
        <source>Its chats are here</source>
        <translation>它的對話在這裡</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>檢視內容</translation>
    </message>
    <message>
        <source>It is running. Quit it, or make a backup in it.</source>
        <translation>它正在執行。請結束它，或在其中做一次備份。</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新檢查</translation>
    </message>
    <message>
        <source>It is running. Quit it first.</source>
        <translation>它正在執行。請先結束它。</translation>
    </message>
    <message>
        <source>Only {program} can read what it keeps. Export in it first.</source>
        <translation>只有 {program} 能讀取自己儲存的內容。請先在其中匯出。</translation>
    </message>
    <message>
        <source>How to export</source>
        <translation>如何匯出</translation>
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
        <translation>繼續</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Get</source>
        <translation>取得</translation>
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
        <translation>取得更多</translation>
    </message>
</context>
<context>
    <name>GlossaryView</name>
    <message>
        <source>Glossary: {source} → {target}</source>
        <translation>術語表：{source} → {target}</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>備註</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>區分大小寫</translation>
    </message>
    <message>
        <source>Add a term</source>
        <translation>新增術語</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Back to text</source>
        <translation>返回文字</translation>
    </message>
    <message>
        <source>Remove selected terms</source>
        <translation>刪除選取的術語</translation>
    </message>
    <message>
        <source>Import from CSV file…</source>
        <translation>從 CSV 檔案匯入…</translation>
    </message>
    <message>
        <source>Export as CSV file…</source>
        <translation>匯出為 CSV 檔案…</translation>
    </message>
    <message>
        <source>No terms yet. Terms listed here are always translated this way. Separate several terms with |.</source>
        <translation>還沒有術語。術語一律按這裡寫的來譯；有幾種譯法時用 | 隔開。</translation>
    </message>
</context>
<context>
    <name>Guide</name>
    <message>
        <source>Fits</source>
        <translation>可以執行</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>less than 1 token/s, estimated</source>
        <translation>估計不到 1 token/秒</translation>
    </message>
    <message>
        <source>about {count} tokens/s, estimated</source>
        <translation>估計約 {count} token/秒</translation>
    </message>
    <message>
        <source>needs about {size} of memory</source>
        <translation>約需 {size} 記憶體</translation>
    </message>
    <message>
        <source>close other programs first</source>
        <translation>請先關閉其他程式</translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} / {total}</translation>
    </message>
    <message>
        <source>Waiting for another download</source>
        <translation>等待另一個下載</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暫停</translation>
    </message>
    <message>
        <source>Almost done</source>
        <translation>即將完成</translation>
    </message>
    <message>
        <source>{amount}/s</source>
        <translation>{amount}/秒</translation>
    </message>
    <message>
        <source>{first} and {count} more</source>
        <translation>{first} 等，另有 {count} 塊</translation>
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
        <translation>約剩 {count} 秒</translation>
    </message>
    <message>
        <source>about {count} min left</source>
        <translation>約剩 {count} 分鐘</translation>
    </message>
    <message>
        <source>about {count} h left</source>
        <translation>約剩 {count} 小時</translation>
    </message>
    <message>
        <source>{share}% on GPU, slow</source>
        <translation>{share}% 在顯示卡上，較慢</translation>
    </message>
    <message>
        <source>{share}% on GPU</source>
        <translation>{share}% 在顯示卡上</translation>
    </message>
    <message>
        <source>On CPU, slow</source>
        <translation>在處理器上，較慢</translation>
    </message>
    <message>
        <source>On CPU</source>
        <translation>在處理器上</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>not enough disk space</source>
        <translation>磁碟空間不足</translation>
    </message>
    <message>
        <source>graphics memory unknown</source>
        <translation>視訊記憶體大小未知</translation>
    </message>
    <message>
        <source>Weights {weights} + cache for {context} tokens {cache} + compute buffers {overhead} = {total}</source>
        <translation>權重 {weights} + {context} token 的快取 {cache} + 計算空間 {overhead} = {total}</translation>
    </message>
    <message>
        <source>A model can use up to {memory} here, of which {graphics} is graphics memory.</source>
        <translation>在這台電腦上，模型最多可用 {memory}，其中 {graphics} 可供圖形處理器使用。</translation>
    </message>
    <message>
        <source>A model can use up to {graphics} of graphics memory and {memory} of memory here.</source>
        <translation>在這台電腦上，模型最多可用 {graphics} 視訊記憶體和 {memory} 記憶體。</translation>
    </message>
    <message>
        <source>A model can use up to {memory} of memory here.</source>
        <translation>在這台電腦上，模型最多可用 {memory} 記憶體。</translation>
    </message>
    <message>
        <source>free disk space unknown</source>
        <translation>那裡的磁碟空間未知</translation>
    </message>
    <message>
        <source>This model name is too long.</source>
        <translation>這作為模型名稱太長了。</translation>
    </message>
    <message>
        <source>Use only letters from a to z, digits, and . - _, without spaces, such as deepseek-r1:7b.</source>
        <translation>名稱只能包含英文字母、數字和 . - _，不能有空格，例如 deepseek-r1:7b。</translation>
    </message>
    <message>
        <source>This is not a model name. Paste the address of a model&apos;s page, or a command such as: ollama run qwen3</source>
        <translation>這裡沒有模型名稱。請貼上模型頁面的位址，或這樣一行命令：ollama run qwen3</translation>
    </message>
    <message>
        <source>Models can be downloaded only from ollama.com and huggingface.co.</source>
        <translation>只能從 ollama.com 和 huggingface.co 取得模型，不能從這個位址取得。</translation>
    </message>
    <message>
        <source>Interrupted. Retrying in a moment</source>
        <translation>下載中斷，稍後重試</translation>
    </message>
    <message>
        <source>Verifying the download. This can take a while for large models.</source>
        <translation>正在驗證。大模型需要一些時間。</translation>
    </message>
    <message>
        <source>Contacting the model library</source>
        <translation>正在查詢模型庫</translation>
    </message>
    <message>
        <source>Interrupted. Attempt {number} in {seconds} s</source>
        <translation>已中斷；{seconds} 秒後第 {number} 次重試</translation>
    </message>
    <message>
        <source>shared with system memory</source>
        <translation>與記憶體共用</translation>
    </message>
    <message>
        <source>No graphics card found</source>
        <translation>未找到顯示卡</translation>
    </message>
    <message>
        <source>{name}, integrated</source>
        <translation>{name}，內建顯示卡</translation>
    </message>
    <message>
        <source>{name}, memory unknown</source>
        <translation>{name}，視訊記憶體未知</translation>
    </message>
    <message>
        <source>Ready and verified</source>
        <translation>已就緒並核對</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>已就緒</translation>
    </message>
    <message>
        <source>{host} limits requests. Attempt {number} in {seconds} s</source>
        <translation>{host} 限制了請求；{seconds} 秒後第 {number} 次嘗試</translation>
    </message>
</context>
<context>
    <name>HeadersRow</name>
    <message>
        <source>Headers</source>
        <translation>標頭</translation>
    </message>
    <message>
        <source>Extra headers</source>
        <translation>附加標頭</translation>
    </message>
    <message>
        <source>Name: value</source>
        <translation>名稱: 值</translation>
    </message>
    <message>
        <source>Use the form “Name: value” instead of “{line}”.</source>
        <translation>請按「名稱: 值」的格式填寫，而不是「{line}」。</translation>
    </message>
    <message>
        <source>One per line. Values are stored only in the system keyring, like API keys.</source>
        <translation>每行一個。值與金鑰一樣，只儲存在系統金鑰環中。</translation>
    </message>
    <message>
        <source>No system keyring was found. The values are kept only until you quit Chatdesk.</source>
        <translation>沒有找到系統金鑰環：值只在本次執行中有效。</translation>
    </message>
    <message>
        <source>An earlier version saved the values in a file, and they could not be moved to the system keyring yet. They still work. Chatdesk tries again the next time it starts.</source>
        <translation>舊版本把這些值寫進了檔案，系統金鑰環還沒有接收它們。它們可以使用；Chatdesk 下次啟動時會再試。</translation>
    </message>
    <message>
        <source>A value that you removed could not be deleted from the system keyring. It is no longer sent. Chatdesk tries again the next time it starts.</source>
        <translation>系統金鑰環還沒有刪除一個已在此處移除的值。它不會再被傳送；Chatdesk 下次啟動時會再次嘗試刪除。</translation>
    </message>
    <message>
        <source>The saved values belong to the old address. Enter them again to use them here.</source>
        <translation>已儲存的值屬於舊位址。要在這裡使用，請重新輸入。</translation>
    </message>
    <message>
        <source>Show values</source>
        <translation>顯示已輸入的內容</translation>
    </message>
</context>
<context>
    <name>HereTab</name>
    <message>
        <source>On this computer</source>
        <translation>本機</translation>
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
        <translation>推薦</translation>
    </message>
    <message>
        <source>loses quality</source>
        <translation>品質有損失</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Look…</source>
        <translation>檢視…</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>開啟頁面</translation>
    </message>
    <message>
        <source>Get it with Ollama</source>
        <translation>用 Ollama 取得</translation>
    </message>
    <message>
        <source>Quantisation</source>
        <translation>量化</translation>
    </message>
    <message>
        <source>Reading the model&apos;s files</source>
        <translation>正在讀取模型檔案</translation>
    </message>
    <message numerus="yes">
        <source>%n downloads</source>
        <translation>
            <numerusform>%n 次下載</numerusform>
        </translation>
    </message>
    <message>
        <source>Needs an account and consent on the model&apos;s page.</source>
        <translation>需要帳號，並在模型頁面上同意其條款。</translation>
    </message>
    <message>
        <source>It has no GGUF files.</source>
        <translation>其中沒有 GGUF 檔案。</translation>
    </message>
    <message>
        <source>The file is not a model that the built-in engine can load.</source>
        <translation>這個檔案不是內建引擎能載入的模型。</translation>
    </message>
    <message>
        <source>The built-in engine does not know the architecture {architecture} yet.</source>
        <translation>內建引擎還不支援 {architecture} 架構。</translation>
    </message>
    <message>
        <source>This is not a chat model.</source>
        <translation>這不是聊天模型。</translation>
    </message>
    <message>
        <source>Reading size and context…</source>
        <translation>正在讀取大小和上下文…</translation>
    </message>
    <message>
        <source>context up to {tokens}</source>
        <translation>上下文最長 {tokens}</translation>
    </message>
    <message>
        <source>With an account</source>
        <translation>需要帳號</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>Little memory left</source>
        <translation>記憶體所剩不多</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>可以執行</translation>
    </message>
    <message>
        <source>for finding passages in documents, not for chats</source>
        <translation>用於尋找文件中的段落，不能對話</translation>
    </message>
</context>
<context>
    <name>HubResults</name>
    <message>
        <source>{host} received too many requests from your connection. Retrying in {seconds} s.</source>
        <translation>{host} 收到的來自你網路的請求過多。{seconds} 秒後自動重試。</translation>
    </message>
    <message>
        <source>Asking {host}…</source>
        <translation>正在詢問 {host}…</translation>
    </message>
    <message>
        <source>Nothing found at {host} for “{text}”.</source>
        <translation>在 {host} 上沒有找到「{text}」。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型來源</translation>
    </message>
    <message>
        <source>More results</source>
        <translation>更多結果</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message>
        <source>{count} too long</source>
        <translation>過長的 {count} 項</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>……另有 {count} 個</translation>
    </message>
    <message>
        <source>{file}: this file type is not supported.</source>
        <translation>{file}：無法辨識這種檔案。</translation>
    </message>
    <message>
        <source>{file} contains no presets.</source>
        <translation>{file}：其中沒有預設集。</translation>
    </message>
    <message>
        <source>{file}: only Cherry Studio itself can read this data. Update Cherry Studio to version 2, then choose its data folder or a new backup here. The assistants alone can be exported without the update.</source>
        <translation>{file}：這些資料只有 Cherry Studio 自己能讀取。請將 Cherry Studio 升級到 2.0，然後在這裡選擇它存放資料的資料夾或新的備份。如果只需要助手，不升級也可以單獨匯出。</translation>
    </message>
    <message>
        <source>{file} is a folder or a device, not a file.</source>
        <translation>{file} 不是檔案，而是資料夾或裝置，未讀取任何內容。</translation>
    </message>
    <message>
        <source>{file} could not be read, because you do not have permission. Change its permissions, then try again.</source>
        <translation>無法讀取 {file}：沒有讀取權限。請修改其權限後重試。</translation>
    </message>
    <message>
        <source>{file} is not available any more. Check that it exists and its disk or network drive is connected, then try again.</source>
        <translation>{file} 已不可用。請檢查它是否存在、其磁碟或網路驅動器是否已連線，然後重試。</translation>
    </message>
    <message>
        <source>{file} is in use by another program. Close that program, then try again.</source>
        <translation>{file} 正被其他程式使用。請關閉該程式後重試。</translation>
    </message>
    <message>
        <source>{file} has changed since it was read. Nothing was imported. Choose it again.</source>
        <translation>{file} 在讀取之後發生了變化，未匯入任何內容。請重新選擇該檔案。</translation>
    </message>
    <message>
        <source>{file} could not be read, because a temporary copy was not possible. Free some disk space, then try again.</source>
        <translation>無法讀取 {file}：無法建立臨時副本。請騰出一些磁碟空間後重試。</translation>
    </message>
    <message>
        <source>{file} could not be opened. System error: {detail}</source>
        <translation>無法開啟 {file}。系統提示：{detail}</translation>
    </message>
    <message>
        <source>{file} contains more than {detail} MB, the maximum for imports.</source>
        <translation>{file}：內容超過 {detail} MB 的讀取上限。</translation>
    </message>
    <message>
        <source>{file} contains more than {most} presets, the maximum for one import.</source>
        <translation>{file}：預設集超過 {most} 個，一次最多匯入這麼多。</translation>
    </message>
    <message>
        <source>{file} is not valid UTF-8. Save it as UTF-8, then try again.</source>
        <translation>{file}：不是 UTF-8 編碼的文字。請另存為 UTF-8 後再試。</translation>
    </message>
    <message>
        <source>{file} is damaged or incomplete. Nothing was imported from it.</source>
        <translation>{file} 已損壞或不完整，未採用其中任何內容。</translation>
    </message>
    <message>
        <source>{file} has an invalid structure. Nothing was imported from it.</source>
        <translation>{file} 的結構不像任何程式生成的，未採用其中任何內容。</translation>
    </message>
    <message>
        <source>{file} is protected with a password. Extract it first.</source>
        <translation>{file} 有密碼保護，請先解壓縮。</translation>
    </message>
    <message>
        <source>{file} looks malicious. Nothing was imported from it.</source>
        <translation>{file} 疑似惡意檔案，未採用其中任何內容。</translation>
    </message>
    <message>
        <source>{file} is a picture that contains no character.</source>
        <translation>{file} 是普通圖片，其中沒有角色卡。</translation>
    </message>
    <message>
        <source>{file} was saved by a newer version of Chatdesk. Update Chatdesk to import it.</source>
        <translation>{file} 由更新版本的 Chatdesk 生成，升級後才能讀取。</translation>
    </message>
    <message>
        <source>{file} is not a valid preset. See line {detail}.</source>
        <translation>{file} 無法作為預設集讀取，請檢查第 {detail} 行。</translation>
    </message>
    <message>
        <source>{file}: the import was stopped because it took too long or used too much memory. Close other programs, then try again.</source>
        <translation>{file}：讀取耗時過長或佔用記憶體過多，已中止。請關閉其他程式後重試。</translation>
    </message>
    <message>
        <source>{file} does not respond. Check the connection to its disk or network drive, then try again.</source>
        <translation>{file} 沒有回應。請檢查它所在的磁碟或網路驅動器的連線，然後重試。</translation>
    </message>
    <message>
        <source>{count} empty</source>
        <translation>沒有正文的 {count} 項</translation>
    </message>
    <message>
        <source>{count} invalid</source>
        <translation>無法辨識的 {count} 項</translation>
    </message>
    <message>
        <source>{count} duplicates</source>
        <translation>重複的 {count} 項</translation>
    </message>
    <message>
        <source>{count} for image generation</source>
        <translation>繪圖用的 {count} 項</translation>
    </message>
    <message>
        <source>{count} of another type</source>
        <translation>其他檔案 {count} 個</translation>
    </message>
    <message>
        <source>Not imported: servers, keys, tools and similar ({detail})</source>
        <translation>已略去伺服器、金鑰、工具等欄位（{detail}）</translation>
    </message>
    <message>
        <source>Not imported: unsupported settings ({detail})</source>
        <translation>已略去本版本不認識的設定（{detail}）</translation>
    </message>
    <message>
        <source>Invisible characters that the model still reads: {count}</source>
        <translation>正文含 {count} 個看不見、但模型會讀到的字元</translation>
    </message>
    <message>
        <source>The name or description was shortened</source>
        <translation>名稱或說明過長，已截短</translation>
    </message>
    <message>
        <source>Not imported: character book entries ({count})</source>
        <translation>已略去角色世界書的條目（{count} 條）</translation>
    </message>
    <message>
        <source>Not imported: alternate greetings ({count})</source>
        <translation>已略去其他開場白（{count} 條）</translation>
    </message>
    <message>
        <source>Not imported: {reasons}</source>
        <translation>未列出：{reasons}</translation>
    </message>
    <message>
        <source>You can import presets from Chatdesk files and archives, prompts in CSV or JSON, exports from Chatbox, Cherry Studio, LobeChat, Open WebUI and LM Studio, SillyTavern characters and system prompts, and plain text or Markdown.</source>
        <translation>可匯入：Chatdesk 的預設集檔案及其壓縮檔，CSV 或 JSON 格式的提示詞，Chatbox、Cherry Studio、LobeChat、Open WebUI、LM Studio 的匯出檔案，SillyTavern 角色卡和系統提示詞，以及純文字或 Markdown。</translation>
    </message>
    <message>
        <source>{file} contains chats, not presets.</source>
        <translation>{file}：這是對話記錄，不是預設集。</translation>
    </message>
    <message>
        <source>{file} also contains chats of {program}.</source>
        <translation>{file} 中還有 {program} 的對話。</translation>
    </message>
</context>
<context>
    <name>ImportDropTarget</name>
    <message>
        <source>Drop an export here</source>
        <translation>將匯出檔案拖到此處</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>選擇檔案…</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>選擇資料夾…</translation>
    </message>
</context>
<context>
    <name>ImportOffer</name>
    <message>
        <source>{name} is on this computer.</source>
        <translation>這台電腦上有 {name}。</translation>
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
        <translation>這台電腦上有 {names}。</translation>
    </message>
    <message>
        <source>Import their chats…</source>
        <translation>匯入其中的對話…</translation>
    </message>
    <message>
        <source>Do not offer this again</source>
        <translation>不再提示</translation>
    </message>
    <message>
        <source>Import its chats…</source>
        <translation>匯入其中的對話…</translation>
    </message>
</context>
<context>
    <name>ImportPresenter</name>
    <message>
        <source>Import chats</source>
        <translation>匯入對話</translation>
    </message>
    <message>
        <source>Import chats from a folder</source>
        <translation>從資料夾匯入對話</translation>
    </message>
    <message>
        <source>{file} contains no chats.</source>
        <translation>{file} 中沒有對話。</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>The chats could not be imported. Nothing was changed.</source>
        <translation>無法匯入對話。沒有任何更改。</translation>
    </message>
    <message>
        <source>Show report</source>
        <translation>檢視報告</translation>
    </message>
    <message>
        <source>Import report.txt</source>
        <translation>匯入報告.txt</translation>
    </message>
    <message>
        <source>Not undone, because these chats were changed: {titles}</source>
        <translation>未復原，因為這些對話已有改動：{titles}</translation>
    </message>
    <message>
        <source>Import undone</source>
        <translation>已復原匯入</translation>
    </message>
    <message>
        <source>Chat imported</source>
        <translation>已匯入對話</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
</context>
<context>
    <name>ImportReport</name>
    <message>
        <source>The providers could not be added</source>
        <translation>無法新增供應商</translation>
    </message>
    <message>
        <source>The presets could not be imported</source>
        <translation>無法匯入預設集</translation>
    </message>
    <message>
        <source>The glossaries could not be imported</source>
        <translation>無法匯入術語表</translation>
    </message>
    <message>
        <source>Files that could not be read</source>
        <translation>無法讀取的檔案</translation>
    </message>
    <message>
        <source>Skipped, here already</source>
        <translation>已略過，這裡已有</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first} 至 {last}</translation>
    </message>
    <message>
        <source>took {seconds} s</source>
        <translation>用時 {seconds} 秒</translation>
    </message>
    <message>
        <source>took {minutes} min {seconds} s</source>
        <translation>用時 {minutes} 分 {seconds} 秒</translation>
    </message>
</context>
<context>
    <name>ImportRow</name>
    <message>
        <source>Keep both</source>
        <translation>兩者都保留</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替換</translation>
    </message>
    <message>
        <source>Name already in use: {name}</source>
        <translation>已有同名預設集：{name}</translation>
    </message>
    <message>
        <source>You already have a preset with this name</source>
        <translation>已有同名預設集</translation>
    </message>
    <message>
        <source>You already have this preset</source>
        <translation>已有完全相同的預設集</translation>
    </message>
    <message>
        <source>You already have this preset, with other content</source>
        <translation>你已有這個預設集，但內容不同</translation>
    </message>
</context>
<context>
    <name>ImportSheet</name>
    <message numerus="yes">
        <source>Reading %n file(s)…</source>
        <translation>
            <numerusform>正在讀取 %n 個檔案…</numerusform>
        </translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在匯入…</translation>
    </message>
    <message numerus="yes">
        <source>Import %n preset(s)</source>
        <translation>
            <numerusform>匯入 %n 個預設集</numerusform>
        </translation>
    </message>
    <message>
        <source>Import</source>
        <translation>匯入</translation>
    </message>
    <message>
        <source>Import presets</source>
        <translation>匯入預設集</translation>
    </message>
    <message>
        <source>There is nothing to import</source>
        <translation>沒有可匯入的內容</translation>
    </message>
    <message numerus="yes">
        <source>All %n preset(s)</source>
        <translation>
            <numerusform>全部 %n 個預設集</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep both</source>
        <translation>兩者都保留</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替換</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>略過</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message numerus="yes">
        <source>%n name(s) already in use:</source>
        <translation>
            <numerusform>%n 個與已有預設集同名：</numerusform>
        </translation>
    </message>
    <message>
        <source>Other file…</source>
        <translation>其他檔案…</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>復原匯入</translation>
    </message>
    <message>
        <source>Save report…</source>
        <translation>儲存報告…</translation>
    </message>
    <message>
        <source>Continue in the background</source>
        <translation>在後台繼續</translation>
    </message>
    <message numerus="yes">
        <source>Import %n chat(s)</source>
        <translation>
            <numerusform>匯入 %n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Show the chats</source>
        <translation>檢視對話</translation>
    </message>
    <message>
        <source>Export from {program}</source>
        <translation>從 {program} 匯出</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在讀取…</translation>
    </message>
    <message>
        <source>Import from {program}</source>
        <translation>從 {program} 匯入</translation>
    </message>
    <message>
        <source>Choose chats</source>
        <translation>選擇對話</translation>
    </message>
    <message>
        <source>Importing from {program}</source>
        <translation>正在從 {program} 匯入</translation>
    </message>
    <message>
        <source>Importing chats</source>
        <translation>正在匯入對話</translation>
    </message>
    <message>
        <source>Import finished</source>
        <translation>匯入完成</translation>
    </message>
    <message>
        <source>Import chats</source>
        <translation>匯入對話</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>匯入對話…</translation>
    </message>
    <message>
        <source>The chats are imported completely or not at all.</source>
        <translation>對話要麼全部匯入，要麼一個也不匯入。</translation>
    </message>
</context>
<context>
    <name>ImportTexts</name>
    <message>
        <source>Preparing…</source>
        <translation>正在準備…</translation>
    </message>
    <message>
        <source>{count} of {messages}</source>
        <translation>{messages}中的 {count} 條</translation>
    </message>
    <message>
        <source>Pictures missing in the file</source>
        <translation>檔案中缺少的圖片</translation>
    </message>
    <message>
        <source>Documents missing in the file</source>
        <translation>檔案中缺少的文件</translation>
    </message>
    <message>
        <source>Voice messages, text only</source>
        <translation>語音訊息，僅文字</translation>
    </message>
    <message>
        <source>Videos left out</source>
        <translation>未匯入的影片</translation>
    </message>
    <message>
        <source>Chats without a message</source>
        <translation>沒有訊息的對話</translation>
    </message>
    <message>
        <source>Damaged chats</source>
        <translation>損壞的對話</translation>
    </message>
    <message>
        <source>Damaged messages</source>
        <translation>損壞的訊息</translation>
    </message>
    <message>
        <source>Tool calls left out</source>
        <translation>未匯入的工具呼叫</translation>
    </message>
    <message>
        <source>Sources left out</source>
        <translation>未匯入的來源</translation>
    </message>
    <message>
        <source>Very long texts, shortened</source>
        <translation>過長的文字，已截短</translation>
    </message>
    <message>
        <source>What the program remembers about you</source>
        <translation>該程式記住的關於你的內容</translation>
    </message>
    <message>
        <source>Shared links</source>
        <translation>分享連結</translation>
    </message>
    <message>
        <source>OpenAI messages</source>
        <translation>OpenAI 訊息</translation>
    </message>
    <message>
        <source>Reads exports of ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, LobeChat and SillyTavern, OpenAI messages as JSON, Markdown, and Chatdesk’s own files.</source>
        <translation>可讀取 ChatGPT、Claude、DeepSeek、Open WebUI、Chatbox、Cherry Studio、LM Studio、Jan、Ollama、LibreChat、LobeChat 和 SillyTavern 的匯出檔案，JSON 格式的 OpenAI 訊息、Markdown，以及 Chatdesk 自己的檔案。</translation>
    </message>
    <message>
        <source>{file}: this export format is not known.</source>
        <translation>{file}：這不是可辨識的匯出檔案。</translation>
    </message>
    <message>
        <source>{file} contains too many files. Choose the folder with the chats.</source>
        <translation>{file} 包含的檔案過多。請選擇存放對話的資料夾。</translation>
    </message>
    <message>
        <source>{file} is a link or a device, not a file.</source>
        <translation>{file} 是連結或裝置，不是檔案。</translation>
    </message>
    <message>
        <source>Drop the file below, or choose it.</source>
        <translation>將檔案拖到下方，或選擇它。</translation>
    </message>
    <message>
        <source>In Chatbox, open Settings and then General.</source>
        <translation>在 Chatbox 中開啟「設定」，再開啟「通用設定」。</translation>
    </message>
    <message>
        <source>Under Data Backup, tick Chat History and My Copilots, and press Export Selected Data.</source>
        <translation>在「資料備份」中勾選「聊天記錄」和「我的搭檔」，然後點選「匯出勾選資料」。</translation>
    </message>
    <message>
        <source>Update Cherry Studio to version 2, and start it once.</source>
        <translation>將 Cherry Studio 更新到版本 2，並啟動一次。</translation>
    </message>
    <message>
        <source>Quit it and check again here, or make a backup in Settings, Data Settings.</source>
        <translation>結束後在這裡重新檢查，或在「設定」的「資料設定」中做一次備份。</translation>
    </message>
    <message>
        <source>In LobeHub, open Settings and then Data Storage.</source>
        <translation>在 LobeHub 中開啟「設定」，再開啟「資料儲存」。</translation>
    </message>
    <message>
        <source>Press Export data.</source>
        <translation>點選「匯出資料」。</translation>
    </message>
    <message>
        <source>In ChatGPT, open Settings and then Data controls, and press Export data.</source>
        <translation>在 ChatGPT 中開啟「設定」，再開啟「資料管理」，點選「匯出資料」。</translation>
    </message>
    <message>
        <source>Download the ZIP file from the link that you get by mail. It works for 24 hours.</source>
        <translation>透過郵件中的連結下載 ZIP 檔案。連結 24 小時內有效。</translation>
    </message>
    <message>
        <source>In Claude, open Settings and then Privacy, and press Export data.</source>
        <translation>在 Claude 中開啟「設定」，再開啟「隱私」，點選「匯出資料」。</translation>
    </message>
    <message>
        <source>Export your chats in {program}.</source>
        <translation>在 {program} 中匯出你的對話。</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已封存</translation>
    </message>
    <message>
        <source>ChatGPT project {number}</source>
        <translation>ChatGPT 項目 {number}</translation>
    </message>
    <message>
        <source>Open WebUI folder {number}</source>
        <translation>Open WebUI 資料夾 {number}</translation>
    </message>
    <message>
        <source>Chat {number} in the file</source>
        <translation>檔案中的第 {number} 個對話</translation>
    </message>
    <message>
        <source>“{title}”</source>
        <translation>「{title}」</translation>
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
            <numerusform>%n 個供應商，已停用</numerusform>
        </translation>
    </message>
    <message>
        <source>Import its API key</source>
        <translation>取用它的金鑰</translation>
    </message>
    <message>
        <source>Import the API key of {name}</source>
        <translation>取用 {name} 的金鑰</translation>
    </message>
    <message>
        <source>its key is in the keyring</source>
        <translation>金鑰已存入系統金鑰環</translation>
    </message>
    <message>
        <source>its key could not be read</source>
        <translation>無法讀取金鑰</translation>
    </message>
    <message>
        <source>its key is kept until Chatdesk is closed, because there is no keyring</source>
        <translation>沒有可用的金鑰環，金鑰保留到 Chatdesk 關閉</translation>
    </message>
</context>
<context>
    <name>InstructionsField</name>
    <message>
        <source>Enter at most {count} characters.</source>
        <translation>最多可輸入 {count} 個字元。</translation>
    </message>
</context>
<context>
    <name>InstructionsRow</name>
    <message>
        <source>Example: I live in Dublin. Use metric units.</source>
        <translation>例如：我住在台北。請使用公制單位。</translation>
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
        <translation>{things}正在進行</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下載</translation>
    </message>
    <message>
        <source>Batch run</source>
        <translation>批次執行</translation>
    </message>
    <message>
        <source>Translation</source>
        <translation>翻譯</translation>
    </message>
    <message>
        <source>Speed check</source>
        <translation>測速</translation>
    </message>
    <message>
        <source>New model</source>
        <translation>新模型</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>匯入</translation>
    </message>
    <message>
        <source>Saving a file</source>
        <translation>儲存檔案</translation>
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
            <numerusform>正在生成 %n 個回答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s) are running</source>
        <translation>
            <numerusform>正在進行 %n 項下載</numerusform>
        </translation>
    </message>
    <message>
        <source>A batch run is not finished</source>
        <translation>批次執行尚未完成</translation>
    </message>
    <message>
        <source>A translation is not finished</source>
        <translation>翻譯尚未完成</translation>
    </message>
    <message>
        <source>A speed check is running</source>
        <translation>正在測速</translation>
    </message>
    <message>
        <source>An import is running</source>
        <translation>正在匯入</translation>
    </message>
    <message>
        <source>A file is being saved</source>
        <translation>正在儲存檔案</translation>
    </message>
    <message numerus="yes">
        <source>%n answer(s)</source>
        <comment>running</comment>
        <translation>
            <numerusform>%n 個回答</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <comment>running</comment>
        <translation>
            <numerusform>%n 項下載</numerusform>
        </translation>
    </message>
    <message>
        <source>An answer is being written</source>
        <translation>正在生成一個回答</translation>
    </message>
    <message>
        <source>A download is running</source>
        <translation>正在進行一項下載</translation>
    </message>
    <message>
        <source>an answer</source>
        <translation>一個回答</translation>
    </message>
    <message>
        <source>a download</source>
        <translation>一項下載</translation>
    </message>
    <message>
        <source>a batch run</source>
        <translation>一個批次執行</translation>
    </message>
    <message>
        <source>a translation</source>
        <translation>一項翻譯</translation>
    </message>
    <message>
        <source>a speed check</source>
        <translation>一項測速</translation>
    </message>
    <message>
        <source>a new model</source>
        <translation>一個新模型</translation>
    </message>
    <message>
        <source>an import</source>
        <translation>一項匯入</translation>
    </message>
    <message>
        <source>an export</source>
        <translation>一項匯出</translation>
    </message>
    <message>
        <source>Keep working closes the window and finishes in the background. Start Chatdesk again to open the window. It quits when everything is done.</source>
        <translation>「繼續執行」會關閉視窗並完成這些任務。再次啟動 Chatdesk 即可檢視；全部完成後它會自動結束。</translation>
    </message>
    <message>
        <source>The text written so far is kept.</source>
        <translation>已生成的內容會保留。</translation>
    </message>
    <message>
        <source>Downloads resume the next time you start Chatdesk.</source>
        <translation>下載會在下次啟動時繼續。</translation>
    </message>
    <message>
        <source>Anything unfinished has to be started again.</source>
        <translation>未完成的任務需要重新開始。</translation>
    </message>
    <message>
        <source>A model is being created</source>
        <translation>正在建立模型</translation>
    </message>
    <message>
        <source>Moving models</source>
        <translation>移動模型</translation>
    </message>
    <message>
        <source>You can continue moving the models later. Until then, all of them can be used.</source>
        <translation>之後可以繼續移動模型；在此之前，所有模型都能正常使用。</translation>
    </message>
    <message>
        <source>Models are being moved</source>
        <translation>正在移動模型</translation>
    </message>
    <message>
        <source>a move of models</source>
        <translation>模型移動</translation>
    </message>
    <message>
        <source>Restoring chats</source>
        <translation>正在還原對話</translation>
    </message>
    <message>
        <source>Chats are being restored</source>
        <translation>正在還原對話</translation>
    </message>
    <message>
        <source>chats being restored</source>
        <translation>正在還原的對話</translation>
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
        <translation>停止並結束</translation>
    </message>
    <message>
        <source>Keep working</source>
        <translation>繼續執行</translation>
    </message>
</context>
<context>
    <name>KeyField</name>
    <message>
        <source>Saved in the system keyring</source>
        <translation>已儲存在系統金鑰環中</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>更換</translation>
    </message>
    <message>
        <source>name:password</source>
        <translation>使用者名稱:密碼</translation>
    </message>
    <message>
        <source>Paste the API key</source>
        <translation>貼上金鑰</translation>
    </message>
    <message>
        <source>Keep saved key</source>
        <translation>保留已存的金鑰</translation>
    </message>
    <message>
        <source>Kept until you quit Chatdesk, because no system keyring was found</source>
        <translation>僅在本次執行期間保留：未找到系統金鑰環</translation>
    </message>
    <message>
        <source>Forget key</source>
        <translation>刪除金鑰</translation>
    </message>
    <message>
        <source>Press the new keys</source>
        <translation>請按新的快速鍵</translation>
    </message>
    <message>
        <source>None</source>
        <translation>無</translation>
    </message>
    <message>
        <source>none</source>
        <translation>無</translation>
    </message>
    <message>
        <source>Shortcut of {command}: {keys}</source>
        <translation>「{command}」的快速鍵：{keys}</translation>
    </message>
    <message>
        <source>Backspace removes the shortcut, Esc cancels.</source>
        <translation>按 Backspace 鍵清除快速鍵，按 Esc 取消。</translation>
    </message>
    <message>
        <source>Change the shortcut</source>
        <translation>更改快速鍵</translation>
    </message>
    <message>
        <source>This shortcut cannot be changed</source>
        <translation>此快速鍵無法更改</translation>
    </message>
</context>
<context>
    <name>KeyRow</name>
    <message>
        <source>The saved API key belongs to the old address. Paste it again to use it here.</source>
        <translation>已儲存的金鑰屬於原來的位址。要在此處使用，請重新貼上。</translation>
    </message>
    <message>
        <source>No system keyring was found. The API key is kept only until you quit Chatdesk.</source>
        <translation>沒有找到系統金鑰環：金鑰只在本次執行中有效。</translation>
    </message>
    <message>
        <source>Only if the server requires one.</source>
        <translation>僅在伺服器需要時填寫。</translation>
    </message>
    <message>
        <source>Only if the workflow requires them, in the form name:password.</source>
        <translation>僅在工作流要求時填寫：使用者名稱、半形冒號、密碼。</translation>
    </message>
    <message>
        <source>Each application has its own API key. Add a provider for each one.</source>
        <translation>每個應用都有自己的金鑰，請為每個應用各新增一個供應商。</translation>
    </message>
    <message>
        <source>To keep it, install GNOME Keyring or KWallet, and log in again.</source>
        <translation>如需長期儲存，請安裝 GNOME Keyring 或 KWallet 並重新登入系統。</translation>
    </message>
</context>
<context>
    <name>KeyboardLine</name>
    <message>
        <source>full screen</source>
        <translation>全螢幕</translation>
    </message>
    <message>
        <source>back to the chat</source>
        <translation>回到對話</translation>
    </message>
    <message>
        <source>close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>The code is still being written.</source>
        <translation>程式碼還在生成。</translation>
    </message>
    <message>
        <source>exit full screen</source>
        <translation>結束全螢幕</translation>
    </message>
    <message>
        <source>back to side panel</source>
        <translation>放回側邊面板</translation>
    </message>
    <message>
        <source>Running. Keyboard input goes to the page.</source>
        <translation>正在執行，鍵盤由頁面使用。</translation>
    </message>
    <message>
        <source>Running. Click the page to use the keyboard in it.</source>
        <translation>正在執行，點選頁面即可用鍵盤操作。</translation>
    </message>
    <message>
        <source>Paused while not visible.</source>
        <translation>不可見時已暫停。</translation>
    </message>
    <message>
        <source>The page has stopped.</source>
        <translation>頁面已結束。</translation>
    </message>
    <message>
        <source>Previews cannot run here.</source>
        <translation>頁面無法在這裡執行。</translation>
    </message>
</context>
<context>
    <name>KeyboardSection</name>
    <message>
        <source>Chats</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>Writing and answers</source>
        <translation>輸入與回答</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>閱讀</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>視窗</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>鍵盤</translation>
    </message>
    <message>
        <source>To ask a quick question from any program, bind the command “{command}” to a keyboard shortcut in your desktop settings.</source>
        <translation>要在任何程式中快速提問，請在桌面系統的設定中把命令「{command}」繫結到一個快速鍵。</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>搜尋快速鍵</translation>
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
        <translation>{keys} 已用於「{command}」。</translation>
    </message>
    <message>
        <source>All shortcuts were reset.</source>
        <translation>已重設所有快速鍵。</translation>
    </message>
    <message>
        <source>{keys} types text. Press it together with {modifier}.</source>
        <translation>{keys} 用於輸入文字，請與 {modifier} 組合使用。</translation>
    </message>
    <message>
        <source>{keys} types a character on some keyboards.</source>
        <translation>{keys} 在某些鍵盤上用於輸入字元。</translation>
    </message>
    <message>
        <source>{keys} is needed for editing text and moving around.</source>
        <translation>{keys} 用於編輯文字和移動游標。</translation>
    </message>
    <message>
        <source>{keys} is reserved by the system.</source>
        <translation>{keys} 已被系統佔用。</translation>
    </message>
    <message>
        <source>This key cannot be a shortcut.</source>
        <translation>此鍵不能用作快速鍵。</translation>
    </message>
    <message>
        <source>Select a shortcut, then press the new keys. Backspace removes it, Esc cancels.</source>
        <translation>點選某個快速鍵，再按下新的組合鍵。按 Backspace 鍵清除，按 Esc 取消。</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>全部重設</translation>
    </message>
    <message>
        <source>Show other commands</source>
        <translation>顯示其他命令</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>無結果</translation>
    </message>
</context>
<context>
    <name>Label</name>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>全選</translation>
    </message>
</context>
<context>
    <name>Languages</name>
    <message>
        <source>Arabic</source>
        <translation>阿拉伯語</translation>
    </message>
    <message>
        <source>Czech</source>
        <translation>捷克語</translation>
    </message>
    <message>
        <source>Danish</source>
        <translation>丹麥語</translation>
    </message>
    <message>
        <source>Dutch</source>
        <translation>荷蘭語</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英語</translation>
    </message>
    <message>
        <source>Finnish</source>
        <translation>芬蘭語</translation>
    </message>
    <message>
        <source>French</source>
        <translation>法語</translation>
    </message>
    <message>
        <source>German</source>
        <translation>德語</translation>
    </message>
    <message>
        <source>Greek</source>
        <translation>希臘語</translation>
    </message>
    <message>
        <source>Hebrew</source>
        <translation>希伯來語</translation>
    </message>
    <message>
        <source>Hindi</source>
        <translation>印地語</translation>
    </message>
    <message>
        <source>Hungarian</source>
        <translation>匈牙利語</translation>
    </message>
    <message>
        <source>Indonesian</source>
        <translation>印尼語</translation>
    </message>
    <message>
        <source>Italian</source>
        <translation>義大利語</translation>
    </message>
    <message>
        <source>Japanese</source>
        <translation>日語</translation>
    </message>
    <message>
        <source>Korean</source>
        <translation>韓語</translation>
    </message>
    <message>
        <source>Norwegian</source>
        <translation>挪威語</translation>
    </message>
    <message>
        <source>Persian</source>
        <translation>波斯語</translation>
    </message>
    <message>
        <source>Polish</source>
        <translation>波蘭語</translation>
    </message>
    <message>
        <source>Portuguese</source>
        <translation>葡萄牙語</translation>
    </message>
    <message>
        <source>Romanian</source>
        <translation>羅馬尼亞語</translation>
    </message>
    <message>
        <source>Russian</source>
        <translation>俄語</translation>
    </message>
    <message>
        <source>Spanish</source>
        <translation>西班牙語</translation>
    </message>
    <message>
        <source>Swedish</source>
        <translation>瑞典語</translation>
    </message>
    <message>
        <source>Thai</source>
        <translation>泰語</translation>
    </message>
    <message>
        <source>Turkish</source>
        <translation>土耳其語</translation>
    </message>
    <message>
        <source>Ukrainian</source>
        <translation>烏克蘭語</translation>
    </message>
    <message>
        <source>Vietnamese</source>
        <translation>越南語</translation>
    </message>
    <message>
        <source>Chinese (Simplified)</source>
        <translation>簡體中文</translation>
    </message>
    <message>
        <source>Chinese (Traditional)</source>
        <translation>繁體中文</translation>
    </message>
</context>
<context>
    <name>LargeView</name>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>This preset has {count} characters, which is too long to edit here. You can still use it, and edit its file.</source>
        <translation>共 {count} 個字元，太長，無法在這裡編輯。它可以照常使用；如需修改，請編輯它的檔案。</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
</context>
<context>
    <name>Leaving</name>
    <message>
        <source>Chatdesk has finished and quit</source>
        <translation>Chatdesk 已完成任務並結束</translation>
    </message>
    <message>
        <source>Chatdesk has quit after 30 minutes without progress</source>
        <translation>Chatdesk 已結束：30 分鐘內沒有收到任何資料</translation>
    </message>
</context>
<context>
    <name>LibraryFilterList</name>
    <message>
        <source>Categories</source>
        <translation>分類</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>分區</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>The built-in presets are in {language}.</source>
        <translation>內建預設集的語言是{language}。</translation>
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
        <translation>預設集</translation>
    </message>
    <message numerus="yes">
        <source>Search %n preset(s)</source>
        <translation>
            <numerusform>搜尋 %n 個預設集</numerusform>
        </translation>
    </message>
    <message>
        <source>Search presets</source>
        <translation>搜尋預設集</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>匯入…</translation>
    </message>
    <message>
        <source>New preset</source>
        <translation>新增預設集</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>顯示或隱藏側邊欄</translation>
    </message>
    <message>
        <source>Search names and descriptions, or #tag</source>
        <translation>名稱或說明裡的字詞，或 #標籤</translation>
    </message>
</context>
<context>
    <name>LibraryMenu</name>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
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
        <translation>重新命名</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>製作副本</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>歷史版本</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Run as batch…</source>
        <translation>對多個檔案或表格批次執行</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
    <message>
        <source>Reset to built-in preset</source>
        <translation>還原為內建版本</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n of my presets</source>
        <translation>
            <numerusform>刪除自己的 %n 個預設集</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LibraryPresenter</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Line {number}</source>
        <translation>第 {number} 行</translation>
    </message>
    <message>
        <source>Presets you mark with a star appear here.</source>
        <translation>點亮星標的預設集會出現在這裡。</translation>
    </message>
    <message>
        <source>Presets you have used appear here, most recent first.</source>
        <translation>用過的預設集會出現在這裡，最近用的排在最前。</translation>
    </message>
    <message>
        <source>Presets you create or edit appear here.</source>
        <translation>你新增或修改過的預設集會出現在這裡。</translation>
    </message>
    <message>
        <source>No presets yet. Select New preset to create one.</source>
        <translation>還沒有預設集。點「新增預設集」來寫第一個。</translation>
    </message>
    <message>
        <source>No results. Press {keys} to create a preset.</source>
        <translation>無結果。按 {keys} 新增預設集。</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>無結果</translation>
    </message>
</context>
<context>
    <name>LineField</name>
    <message>
        <source>This is not a number.</source>
        <translation>這不是數字。</translation>
    </message>
    <message>
        <source>The minimum is {number}.</source>
        <translation>不小於 {number}。</translation>
    </message>
    <message>
        <source>The maximum is {number}.</source>
        <translation>不大於 {number}。</translation>
    </message>
</context>
<context>
    <name>LinkOpener</name>
    <message>
        <source>Open {host}?</source>
        <translation>開啟 {host}？</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Open the page in the browser?</source>
        <translation>在瀏覽器中開啟頁面？</translation>
    </message>
    <message>
        <source>This link cannot be opened</source>
        <translation>無法開啟此連結</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Check the address carefully. This may not be the site you expect.</source>
        <translation>請仔細核對：這可能不是你以為的網站。</translation>
    </message>
    <message>
        <source>The browser does not use the Chatdesk sandbox. There, the page can access the network and everything else the browser allows.</source>
        <translation>瀏覽器裡沒有沙箱：頁面可以存取網路，以及瀏覽器允許的一切。</translation>
    </message>
    <message>
        <source>Chatdesk opens only standard web and email addresses.</source>
        <translation>Chatdesk 只開啟普通的網頁和郵件位址。</translation>
    </message>
</context>
<context>
    <name>LintLine</name>
    <message numerus="yes">
        <source>%n more hint(s)</source>
        <translation>
            <numerusform>還有 %n 條提示</numerusform>
        </translation>
    </message>
    <message>
        <source>Hints about the prompt</source>
        <translation>關於提示詞的提示</translation>
    </message>
</context>
<context>
    <name>ListContent</name>
    <message>
        <source>No providers yet.</source>
        <translation>尚未設定供應商。</translation>
    </message>
    <message>
        <source>Add a provider…</source>
        <translation>新增供應商…</translation>
    </message>
    <message>
        <source>Show all models</source>
        <translation>顯示全部模型</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>正在尋找模型…</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n 個模型</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} of {all}</source>
        <translation>{count} / {all}</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>沒有結果</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>下載 {model}</translation>
    </message>
</context>
<context>
    <name>ListDrag</name>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LongTextField</name>
    <message>
        <source>Paste</source>
        <translation>貼上</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>選擇檔案…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Use selection</source>
        <translation>取用選取內容</translation>
    </message>
    <message>
        <source>{count} characters. Only the beginning is shown, but the full text is sent.</source>
        <translation>共 {count} 個字元。這裡只顯示開頭，傳送的是全部內容。</translation>
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
        <translation>顯示卡</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>記憶體</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁碟</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在檢視…</translation>
    </message>
    <message>
        <source>This line</source>
        <translation>網路</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
</context>
<context>
    <name>MessageEditor</name>
    <message>
        <source>Edit the question</source>
        <translation>編輯問題</translation>
    </message>
    <message>
        <source>Edit the answer</source>
        <translation>編輯回答</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>傳送</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編輯</translation>
    </message>
    <message>
        <source>Send without the picture</source>
        <translation>不帶圖片傳送</translation>
    </message>
    <message>
        <source>Send without the pictures</source>
        <translation>不帶這些圖片傳送</translation>
    </message>
    <message>
        <source>Choose a model…</source>
        <translation>選擇模型…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>預覽</translation>
    </message>
    <message>
        <source>{keys} sends, Esc cancels</source>
        <translation>{keys} 傳送，Esc 取消</translation>
    </message>
    <message>
        <source>Markdown. {keys} saves, Esc cancels</source>
        <translation>Markdown 格式。{keys} 儲存，Esc 取消</translation>
    </message>
</context>
<context>
    <name>MessagePresenter</name>
    <message>
        <source>Branch of “{title}”</source>
        <translation>「{title}」的分支</translation>
    </message>
    <message>
        <source>Branch of a chat</source>
        <translation>對話的分支</translation>
    </message>
</context>
<context>
    <name>ModelActions</name>
    <message>
        <source>{model} is deleted.</source>
        <translation>已刪除 {model}。</translation>
    </message>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} 已就緒。</translation>
    </message>
    <message>
        <source>Loading {model}…</source>
        <translation>正在載入 {model}…</translation>
    </message>
    <message>
        <source>{count} minutes</source>
        <translation>{count} 分鐘</translation>
    </message>
    <message>
        <source>{count} hours</source>
        <translation>{count} 小時</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s) will be deleted.</source>
        <translation>
            <numerusform>將刪除 %n 個模型。</numerusform>
        </translation>
    </message>
    <message>
        <source>{model} ({size}) will be deleted.</source>
        <translation>將刪除 {model}（{size}）。</translation>
    </message>
    <message>
        <source>{model} will be deleted.</source>
        <translation>將刪除 {model}。</translation>
    </message>
    <message>
        <source>{model} is loaded.</source>
        <translation>{model} 已載入。</translation>
    </message>
    <message>
        <source>Indefinitely</source>
        <translation>永久</translation>
    </message>
    <message>
        <source>{model} has already been deleted from the server. You can download it again.</source>
        <translation>已來不及復原：{model} 已從伺服器刪除，可以重新下載。</translation>
    </message>
    <message>
        <source>{model} is not deleted here</source>
        <translation>{model} 不在這裡刪除</translation>
    </message>
    <message>
        <source>You added this file. Chatdesk uses it in place and never changes it. Delete it in its folder:</source>
        <translation>這是你新增的檔案。Chatdesk 只在原位置使用它，從不改動。請在它的資料夾中刪除：</translation>
    </message>
    <message>
        <source>This model belongs to {program}. Chatdesk uses it in place and never changes it. Delete it in {program}, or in its folder:</source>
        <translation>此模型屬於 {program}。Chatdesk 只在原位置使用它，從不改動。請在 {program} 或它的資料夾中刪除：</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Show the folder</source>
        <translation>開啟資料夾</translation>
    </message>
    <message>
        <source>{model} is in the trash.</source>
        <translation>{model} 已移到資源回收筒。</translation>
    </message>
    <message>
        <source>Its space is free once you empty the trash.</source>
        <translation>清空資源回收筒後才會釋放空間。</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Choices for {model}</source>
        <translation>{model} 的選項</translation>
    </message>
    <message>
        <source>Too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>Best for this computer</source>
        <translation>最適合這台電腦</translation>
    </message>
    <message>
        <source>Little memory left</source>
        <translation>記憶體所剩不多</translation>
    </message>
    <message>
        <source>Needs {size} on the disk, which is too full.</source>
        <translation>需要 {size} 磁碟空間，目前空間不足。</translation>
    </message>
</context>
<context>
    <name>ModelDefaultsSection</name>
    <message>
        <source>Model defaults</source>
        <translation>模型預設值</translation>
    </message>
    <message>
        <source>What every chat starts with, whichever model answers.</source>
        <translation>每個對話的初始設定，與由哪個模型回答無關。</translation>
    </message>
</context>
<context>
    <name>ModelDialog</name>
    <message>
        <source>Add a folder of models</source>
        <translation>新增模型資料夾</translation>
    </message>
    <message>
        <source>Add GGUF files</source>
        <translation>新增 GGUF 檔案</translation>
    </message>
    <message>
        <source>GGUF models</source>
        <translation>GGUF 模型</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
</context>
<context>
    <name>ModelFileOpener</name>
    <message>
        <source>{name} cannot be used.</source>
        <translation>無法使用 {name}。</translation>
    </message>
    <message>
        <source>The file was not found among the models.</source>
        <translation>在模型中沒有找到它。</translation>
    </message>
    <message>
        <source>{name} was added.</source>
        <translation>已新增 {name}。</translation>
    </message>
</context>
<context>
    <name>ModelFilesCard</name>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n 個模型</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The first %n</source>
        <translation>
            <numerusform>前 %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Models on this computer</source>
        <translation>這台電腦上的模型</translation>
    </message>
    <message>
        <source>Add a GGUF file…</source>
        <translation>新增 GGUF 檔案…</translation>
    </message>
    <message>
        <source>Add a folder…</source>
        <translation>新增資料夾…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在尋找…</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>重新尋找</translation>
    </message>
    <message>
        <source>No models found. Add a GGUF file, or a folder that contains GGUF files.</source>
        <translation>沒有找到模型。請新增 GGUF 檔案或模型資料夾。</translation>
    </message>
</context>
<context>
    <name>ModelFolderRow</name>
    <message>
        <source>Moving to {folder}: {done} of {total}</source>
        <translation>正在移動到 {folder}：{done} / {total}</translation>
    </message>
    <message>
        <source>Shared with LM Studio’s folder</source>
        <translation>與 LM Studio 共用資料夾</translation>
    </message>
    <message>
        <source>Stored in {folder}</source>
        <translation>儲存在 {folder}</translation>
    </message>
    <message>
        <source>The move was interrupted.</source>
        <translation>移動已中斷。</translation>
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
        <translation>選擇資料夾…</translation>
    </message>
    <message>
        <source>Share LM Studio’s folder</source>
        <translation>共用 LM Studio 的資料夾</translation>
    </message>
    <message>
        <source>Move back to the default folder</source>
        <translation>移回預設資料夾</translation>
    </message>
    <message>
        <source>Folder for models</source>
        <translation>模型資料夾</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Move…</source>
        <translation>移動…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>繼續</translation>
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
        <translation>範本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>授權條款</translation>
    </message>
    <message>
        <source>Details of the model</source>
        <translation>模型詳情</translation>
    </message>
    <message>
        <source>Set in the model file</source>
        <translation>模型檔案中的設定</translation>
    </message>
    <message>
        <source>Built-in system prompt</source>
        <translation>模型自帶的系統提示詞</translation>
    </message>
    <message>
        <source>Actions for this model</source>
        <translation>可對此模型執行的操作</translation>
    </message>
    <message>
        <source>Default for new chats</source>
        <translation>新對話預設使用</translation>
    </message>
    <message>
        <source>Hidden in the model picker</source>
        <translation>選擇模型時已隱藏</translation>
    </message>
</context>
<context>
    <name>ModelPicker</name>
    <message>
        <source>Choose a model</source>
        <translation>選擇模型</translation>
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
        <translation>搜尋模型</translation>
    </message>
    <message>
        <source>No models yet.</source>
        <translation>還沒有模型。</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>重新整理</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>沒有結果</translation>
    </message>
    <message>
        <source>Download {name}…</source>
        <translation>下載 {name}…</translation>
    </message>
    <message>
        <source>Get more models</source>
        <translation>取得更多模型</translation>
    </message>
    <message>
        <source>Connect a provider…</source>
        <translation>連線供應商…</translation>
    </message>
    <message>
        <source>Open a model file…</source>
        <translation>開啟模型檔案…</translation>
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
        <translation>正在尋找模型…</translation>
    </message>
    <message>
        <source>Built-in engine ready: {model} will answer.</source>
        <translation>內建引擎就緒，將由 {model} 回答。</translation>
    </message>
    <message>
        <source>{server} found: 1 model. {model} will answer.</source>
        <translation>已找到 {server}，共 1 個模型。由 {model} 回答。</translation>
    </message>
    <message>
        <source>{server} found: {count} models. {model} will answer.</source>
        <translation>已找到 {server}，共 {count} 個模型。由 {model} 回答。</translation>
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
        <translation>視覺</translation>
    </message>
    <message>
        <source>loaded</source>
        <translation>已載入</translation>
    </message>
    <message>
        <source>{server} is installed but not running.</source>
        <translation>{server} 已安裝，但沒有執行。</translation>
    </message>
    <message>
        <source>{server} found, but it has no models yet</source>
        <translation>已找到 {server}，還沒有模型</translation>
    </message>
    <message>
        <source>{server} is installed but not running</source>
        <translation>{server} 已安裝，但沒有執行</translation>
    </message>
    <message>
        <source>Not loaded. It is loaded with the next question.</source>
        <translation>不在記憶體中：下次提問時載入。</translation>
    </message>
    <message>
        <source>context {tokens} tokens</source>
        <translation>上下文 {tokens} 個 token</translation>
    </message>
    <message>
        <source>{share}% on GPU</source>
        <translation>其中 {share}% 在顯示卡上</translation>
    </message>
    <message>
        <source>loaded, unloads in less than a minute</source>
        <translation>已載入，不到 1 分鐘後釋放</translation>
    </message>
    <message>
        <source>loaded, unloads in {minutes} min</source>
        <translation>已載入，{minutes} 分鐘後釋放</translation>
    </message>
    <message>
        <source>loaded, unloads in {hours} h</source>
        <translation>已載入，{hours} 小時後釋放</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已載入</translation>
    </message>
    <message>
        <source>Loaded until {moment}</source>
        <translation>已載入，至 {moment}</translation>
    </message>
    <message>
        <source>No model found. Start Ollama, or add a provider.</source>
        <translation>沒有找到模型。請啟動 Ollama，或新增供應商。</translation>
    </message>
    <message>
        <source>The provider of {model} was removed. Choose another model.</source>
        <translation>{model} 的供應商已移除，請另選模型。</translation>
    </message>
    <message>
        <source>fits on GPU</source>
        <translation>顯示卡可容納</translation>
    </message>
    <message>
        <source>partly on CPU</source>
        <translation>部分在處理器上</translation>
    </message>
    <message>
        <source>on CPU</source>
        <translation>在處理器上</translation>
    </message>
    <message>
        <source>too large for this computer</source>
        <translation>對這台電腦太大</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修復</translation>
    </message>
    <message>
        <source>Ready now: {model}, short answers in English</source>
        <translation>現可使用：{model}，僅能用英語簡短回答</translation>
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
        <translation>全部供應商</translation>
    </message>
    <message>
        <source>Group by provider</source>
        <translation>按供應商分組</translation>
    </message>
    <message>
        <source>Show hidden models</source>
        <translation>顯示已隱藏的模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜尋模型</translation>
    </message>
    <message>
        <source>Search name, provider, size or quantisation</source>
        <translation>名稱、供應商、大小或量化中的詞</translation>
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
        <translation>視覺</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已載入</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本機</translation>
    </message>
    <message>
        <source>Get more</source>
        <translation>取得更多</translation>
    </message>
    <message>
        <source>Search and filter</source>
        <translation>搜尋和篩選</translation>
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
        <translation>開啟 GGUF 檔案…</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>重新整理</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>顯示或隱藏側邊欄</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本機</translation>
    </message>
    <message>
        <source>Get more</source>
        <translation>取得更多</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>供應商</translation>
    </message>
    <message>
        <source>Another address…</source>
        <translation>其他位址…</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Provider</source>
        <translation>供應商</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>參數量</translation>
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
        <translation>記憶體</translation>
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
        <translation>檔案</translation>
    </message>
    <message>
        <source>up to {tokens} tokens</source>
        <translation>最多 {tokens} 個 token</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
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
        <translation>雲端</translation>
    </message>
    <message>
        <source>app</source>
        <translation>應用</translation>
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
        <translation>已隱藏</translation>
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
        <translation>基於</translation>
    </message>
    <message>
        <source>Fits on the GPU</source>
        <translation>顯示卡可完全容納</translation>
    </message>
    <message>
        <source>Runs {share}% on GPU, the rest on CPU</source>
        <translation>{share}% 在顯示卡上執行，其餘在處理器上</translation>
    </message>
    <message>
        <source>Runs on CPU</source>
        <translation>在處理器上執行</translation>
    </message>
    <message>
        <source>Too large for this computer</source>
        <translation>對這台電腦來說太大</translation>
    </message>
    <message>
        <source>Unknown whether it fits this computer</source>
        <translation>不清楚這台電腦能否執行</translation>
    </message>
    <message>
        <source>model file: {tokens}</source>
        <translation>模型檔案要求 {tokens}</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>已載入</translation>
    </message>
    <message>
        <source>context {tokens}</source>
        <translation>{tokens} 上下文</translation>
    </message>
    <message>
        <source>not a chat model</source>
        <translation>不能對話</translation>
    </message>
    <message>
        <source>reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>vision</source>
        <translation>視覺</translation>
    </message>
    <message>
        <source>in system memory</source>
        <translation>在處理器記憶體中</translation>
    </message>
    <message>
        <source>{share}% on GPU</source>
        <translation>{share}% 在顯示卡上</translation>
    </message>
    <message>
        <source>Loaded, unloads in less than a minute</source>
        <translation>已載入，不到 1 分鐘後釋放</translation>
    </message>
    <message>
        <source>Loaded, unloads in {minutes} min</source>
        <translation>已載入，{minutes} 分鐘後釋放</translation>
    </message>
    <message>
        <source>Loaded, unloads in {hours} h</source>
        <translation>已載入，{hours} 小時後釋放</translation>
    </message>
    <message>
        <source>finds passages in documents, not for chats</source>
        <translation>用於尋找文件中的段落，不能對話</translation>
    </message>
</context>
<context>
    <name>MoveSheet</name>
    <message>
        <source>Move all data?</source>
        <translation>移動所有資料？</translation>
    </message>
    <message>
        <source>The data cannot move there</source>
        <translation>無法將資料移到那裡</translation>
    </message>
    <message>
        <source>{size} are copied and checked.</source>
        <translation>將複製並檢查 {size}。</translation>
    </message>
    <message>
        <source>Chats, attachments, backups, presets and models move there; the old folder is emptied only when everything is complete in the new one. The window closes meanwhile, and running answers are stopped. Do not choose a folder that another program synchronises.</source>
        <translation>對話、附件、備份、預設集和模型將移到那裡；只有新資料夾中的一切都完整後，舊資料夾才會清空。期間視窗會關閉，正在生成的回答會停止。請勿選擇由其他程式同步的資料夾。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移動</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>選擇其他資料夾…</translation>
    </message>
</context>
<context>
    <name>NameField</name>
    <message>
        <source>Ollama is not responding.</source>
        <translation>Ollama 沒有回應。</translation>
    </message>
    <message>
        <source>Name such as qwen3:14b, a model page address, or a terminal command</source>
        <translation>名稱（如 qwen3:14b）、模型頁面位址，或一行終端機命令</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下載</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>尋找原因</translation>
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
        <translation>你的部署名稱，每行一個。</translation>
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
        <translation>伺服器不提供模型清單時填寫，每行一個名稱。</translation>
    </message>
    <message>
        <source>Enter at least one model, because the server does not list its models.</source>
        <translation>請至少寫下一個：伺服器不會列出它們。</translation>
    </message>
</context>
<context>
    <name>NewModelSheet</name>
    <message>
        <source>Reading the file…</source>
        <translation>正在讀取檔案…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>系統提示詞</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Uploading…</source>
        <translation>正在傳送…</translation>
    </message>
    <message>
        <source>Creating the model…</source>
        <translation>伺服器正在建立模型…</translation>
    </message>
    <message>
        <source>Copy model</source>
        <translation>複製模型</translation>
    </message>
    <message>
        <source>Create variant</source>
        <translation>建立變體</translation>
    </message>
    <message>
        <source>Create model from file</source>
        <translation>用檔案建立模型</translation>
    </message>
    <message>
        <source>Copies {source}. The weights are shared, so a copy takes almost no space.</source>
        <translation>複製自 {source}。權重只儲存一份，副本幾乎不佔空間。</translation>
    </message>
    <message>
        <source>Based on {source}, with instructions and settings that apply wherever the model is used.</source>
        <translation>基於 {source}，帶有隨時生效的指令和設定。</translation>
    </message>
    <message>
        <source>Uploads {source} to the server and adds it to the server&apos;s models.</source>
        <translation>來自 {source}。檔案會傳送到伺服器，由它儲存為模型。</translation>
    </message>
    <message>
        <source>Create</source>
        <translation>建立</translation>
    </message>
    <message>
        <source>Maximum {count} characters.</source>
        <translation>最多保留 {count} 個字元。</translation>
    </message>
</context>
<context>
    <name>NextSteps</name>
    <message>
        <source>Starting Ollama…</source>
        <translation>正在啟動 Ollama…</translation>
    </message>
    <message>
        <source>Start Ollama</source>
        <translation>啟動 Ollama</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>尋找原因</translation>
    </message>
</context>
<context>
    <name>OutlinePanel</name>
    <message>
        <source>Outline</source>
        <translation>大綱</translation>
    </message>
    <message>
        <source>Questions and headings in the chat appear here.</source>
        <translation>對話中的問題和標題會列在這裡。</translation>
    </message>
</context>
<context>
    <name>OwnActions</name>
    <message>
        <source>Chat</source>
        <translation>對話</translation>
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
        <translation>重新查詢</translation>
    </message>
    <message>
        <source>Remove as default</source>
        <translation>取消預設</translation>
    </message>
    <message>
        <source>Make default</source>
        <translation>設為預設</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>顯示名稱</translation>
    </message>
    <message>
        <source>Show in model picker</source>
        <translation>選擇模型時顯示</translation>
    </message>
    <message>
        <source>Hide in model picker</source>
        <translation>選擇模型時隱藏</translation>
    </message>
    <message>
        <source>Copy name</source>
        <translation>複製名稱</translation>
    </message>
    <message>
        <source>Provider settings</source>
        <translation>供應商設定</translation>
    </message>
    <message>
        <source>{model} is hidden in the model picker.</source>
        <translation>選擇模型時不再顯示 {model}。</translation>
    </message>
</context>
<context>
    <name>OwnSettings</name>
    <message>
        <source>Maximum {count} characters.</source>
        <translation>最多保留 {count} 個字元。</translation>
    </message>
    <message>
        <source>Your settings</source>
        <translation>自訂</translation>
    </message>
    <message>
        <source>Display name</source>
        <translation>顯示名稱</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Defaults for chats with this model. Instructions are sent before those of a preset or chat, which override the other settings. Leave a field empty to use the default.</source>
        <translation>使用此模型的對話的預設值。指令在預設集和對話的指令之前傳送；其他設定可由預設集或對話覆蓋。欄位留空則使用預設值。</translation>
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
        <translation>第 {number} 頁沒有影像</translation>
    </message>
    <message>
        <source>Pages of {name}</source>
        <translation>{name} 的頁面</translation>
    </message>
    <message>
        <source>Smaller pages</source>
        <translation>縮小頁面</translation>
    </message>
    <message>
        <source>Larger pages</source>
        <translation>放大頁面</translation>
    </message>
    <message>
        <source>Fit to width, now {percent}%</source>
        <translation>適應寬度，目前 {percent}%</translation>
    </message>
</context>
<context>
    <name>PageMaker</name>
    <message>
        <source>{count} rows</source>
        <translation>{count} 列</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 列</translation>
    </message>
    <message>
        <source>first {shown} of {count} rows</source>
        <translation>前 {shown} 列，共 {count} 列</translation>
    </message>
    <message>
        <source>first {shown} of {count} columns</source>
        <translation>前 {shown} 欄，共 {count} 欄</translation>
    </message>
    <message>
        <source>first {shown} of {count} values</source>
        <translation>前 {shown} 個值，共 {count} 個</translation>
    </message>
    <message>
        <source>This is not valid JSON: line {line}, column {column}: {reason}</source>
        <translation>不是有效的 JSON：第 {line} 行第 {column} 欄：{reason}</translation>
    </message>
    <message>
        <source>Sort by {column}</source>
        <translation>按 {column} 排序</translation>
    </message>
    <message>
        <source>The diagram cannot be drawn: {reason}</source>
        <translation>無法繪製圖表：{reason}</translation>
    </message>
    <message>
        <source>The code cannot be compiled: {reason}</source>
        <translation>程式碼無法編譯：{reason}</translation>
    </message>
    <message>
        <source>This script has no page. Its output is in the console.</source>
        <translation>這段指令碼沒有自己的頁面，輸出在主控台裡。</translation>
    </message>
    <message>
        <source>No rows.</source>
        <translation>沒有資料列。</translation>
    </message>
    <message>
        <source>This is not valid CSV: line {line}, column {column}: unclosed quotation mark</source>
        <translation>不是有效的 CSV：第 {line} 行第 {column} 欄的引號沒有閉合。</translation>
    </message>
    <message>
        <source>This JSON is nested too deeply to show as a tree.</source>
        <translation>這段 JSON 巢狀太深，無法顯示為樹。</translation>
    </message>
    <message>
        <source>This is too large to show as a table: {size} million characters. The maximum is {most}.</source>
        <translation>內容太大，無法顯示為表格：{size} 百萬字元，最多 {most}。</translation>
    </message>
    <message>
        <source>This component needs packages that are not available: {names}. Previews have no network access, and only React is built in. Ask for a version without these packages.</source>
        <translation>這個元件需要這裡沒有的套件：{names}。預覽不能存取網路，只內建 React。可以要求提供不用它們的版本。</translation>
    </message>
    <message>
        <source>This component needs files that are not in the answer: {names}.</source>
        <translation>這個元件需要回答裡沒有的檔案：{names}。</translation>
    </message>
    <message>
        <source>There is no component to show, because the code exports none.</source>
        <translation>沒有可顯示的元件：程式碼沒有匯出元件。</translation>
    </message>
    <message>
        <source>The component failed: {reason}</source>
        <translation>元件因錯誤而中止：{reason}</translation>
    </message>
</context>
<context>
    <name>PageRows</name>
    <message>
        <source>Presets</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Importing chats</source>
        <translation>正在匯入對話</translation>
    </message>
</context>
<context>
    <name>PageStrips</name>
    <message>
        <source>Keep on this computer</source>
        <translation>儲存在本機</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>暫不</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允許</translation>
    </message>
    <message>
        <source>The page was unloaded to save memory, and has been restarted.</source>
        <translation>為節省記憶體，這個頁面曾被收起，現在已重新開始。</translation>
    </message>
    <message>
        <source>This page wants to save data, such as a high score.</source>
        <translation>這個頁面想要儲存一些內容（例如最高分）。</translation>
    </message>
    <message>
        <source>The page is not responding.</source>
        <translation>頁面沒有回應。</translation>
    </message>
    <message>
        <source>The page is slowing down the computer.</source>
        <translation>頁面幾乎佔滿了這台電腦的處理器。</translation>
    </message>
    <message>
        <source>The page needs WebGL (3D graphics), which is not available because no supported graphics card was found.</source>
        <translation>頁面需要 WebGL（3D 圖形），而這台電腦沒有可供它安全使用的顯示卡。</translation>
    </message>
    <message>
        <source>The page tried to open a dialog, such as a colour picker. Previews cannot open dialogs.</source>
        <translation>頁面試圖開啟對話方塊（例如選擇顏色）。預覽中不能開啟對話方塊。</translation>
    </message>
    <message>
        <source>The page says: “{text}”</source>
        <translation>頁面顯示：「{text}」</translation>
    </message>
    <message>
        <source>The page wants to lock the mouse pointer. Press Esc to release it.</source>
        <translation>頁面想獨佔滑鼠指標。按 Esc 可收回。</translation>
    </message>
</context>
<context>
    <name>PageTabs</name>
    <message>
        <source>{title} (unloaded to save memory; restarts when opened)</source>
        <translation>{title}（為節省記憶體已收起，開啟時會重新開始）</translation>
    </message>
    <message>
        <source>Close “{title}”</source>
        <translation>關閉「{title}」</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Recently deleted</source>
        <translation>最近刪除</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Batch run</source>
        <translation>批次執行</translation>
    </message>
    <message>
        <source>Translator</source>
        <translation>翻譯</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>prompts, assistants, agents, system prompts, roles, templates, prompt library, GPTs, bots</source>
        <translation>提示詞，助手，智慧代理，系統提示詞，角色，範本，提示詞庫，機器人</translation>
    </message>
    <message>
        <source>bulk, run over many, table, CSV, spreadsheet, many files</source>
        <translation>批次，批次處理，表格，試算表，多個檔案</translation>
    </message>
    <message>
        <source>translate, translation, glossary, foreign language</source>
        <translation>翻譯，翻譯器，術語表，外語</translation>
    </message>
    <message>
        <source>manage models, LLM, local models, Ollama, GGUF, default model, delete model</source>
        <translation>管理模型，大模型，本機模型，預設模型，刪除模型</translation>
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
        <translation>↑ ↓ 選擇   ·   Enter 開啟   ·   Esc 關閉</translation>
    </message>
    <message>
        <source>&gt; commands   / presets   @ models</source>
        <translation>&gt; 命令   / 預設集   @ 模型</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>預設集</translation>
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
        <translation>選擇預設集</translation>
    </message>
    <message>
        <source>Theme: {choice}</source>
        <translation>主題：{choice}</translation>
    </message>
    <message>
        <source>Language: {choice}</source>
        <translation>語言：{choice}</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Search chats, presets and commands</source>
        <translation>尋找對話、預設集、命令</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>結果</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>沒有結果</translation>
    </message>
    <message>
        <source>Save chat as preset</source>
        <translation>將此對話存為預設集</translation>
    </message>
    <message>
        <source>Measure model speed</source>
        <translation>測量模型的速度</translation>
    </message>
    <message>
        <source>Reasoning: {how}</source>
        <translation>推理：{how}</translation>
    </message>
    <message>
        <source>Which DeepSeek model fits this computer</source>
        <translation>哪個 DeepSeek 模型適合這台電腦</translation>
    </message>
    <message>
        <source>Troubleshoot the server connection</source>
        <translation>檢查與伺服器的連線</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>In messages</source>
        <translation>訊息內容</translation>
    </message>
    <message numerus="yes">
        <source>%n results</source>
        <translation>
            <numerusform>%n 個結果</numerusform>
        </translation>
    </message>
    <message>
        <source>another preset, prompt, assistant, agent, system prompt</source>
        <translation>其他預設集，提示詞，助手，智慧代理，系統提示詞</translation>
    </message>
    <message>
        <source>create a preset, new prompt, save instructions</source>
        <translation>建立預設集，新增提示詞，儲存指令</translation>
    </message>
    <message>
        <source>Import presets…</source>
        <translation>匯入預設集…</translation>
    </message>
    <message>
        <source>import prompts, import assistants, add agents</source>
        <translation>匯入提示詞，匯入助手，新增智慧代理</translation>
    </message>
    <message>
        <source>Settings: {section}</source>
        <translation>設定：{section}</translation>
    </message>
    <message>
        <source>diagnose, not connected, error, help, test connection</source>
        <translation>診斷，連不上，出錯，幫助，測試連線</translation>
    </message>
    <message>
        <source>benchmark, tokens per second, how fast, performance</source>
        <translation>測速，基準測試，每秒token數，多快，效能</translation>
    </message>
    <message>
        <source>thinking, think, reasoning effort</source>
        <translation>思考，深度思考，推理強度</translation>
    </message>
    <message>
        <source>get a model, download model, recommended</source>
        <translation>取得模型，下載模型，推薦模型</translation>
    </message>
    <message>
        <source>Show downloads</source>
        <translation>顯示下載</translation>
    </message>
    <message>
        <source>pull, progress of downloads</source>
        <translation>拉取，下載進度</translation>
    </message>
    <message>
        <source>Attach sources…</source>
        <translation>新增原始碼…</translation>
    </message>
    <message>
        <source>upload, code, project, repository, directory, archive</source>
        <translation>上傳, 程式碼, 項目, 存放庫, 目錄, 壓縮檔</translation>
    </message>
    <message>
        <source>Select all messages</source>
        <translation>全選訊息</translation>
    </message>
    <message>
        <source>select all, mark everything</source>
        <translation>全選，選擇全部</translation>
    </message>
    <message>
        <source>Copy last answer with formatting</source>
        <translation>複製上一個回答（帶格式）</translation>
    </message>
    <message>
        <source>rich text, Word, HTML, copy as</source>
        <translation>格式化文字，帶格式複製，複製為</translation>
    </message>
    <message>
        <source>Continue last answer</source>
        <translation>繼續上一個回答</translation>
    </message>
    <message>
        <source>go on, resume, finish the answer</source>
        <translation>繼續寫，接著寫，續寫</translation>
    </message>
    <message>
        <source>Copy last answer as plain text</source>
        <translation>以純文字複製上一個回答</translation>
    </message>
    <message>
        <source>copy as, without Markdown</source>
        <translation>複製為，不帶格式</translation>
    </message>
    <message>
        <source>Save last answer…</source>
        <translation>儲存上一個回答…</translation>
    </message>
    <message>
        <source>save message, export answer, file</source>
        <translation>儲存訊息，匯出回答，檔案</translation>
    </message>
    <message>
        <source>Quote last answer</source>
        <translation>引用上一個回答</translation>
    </message>
    <message>
        <source>quote, cite, reply to</source>
        <translation>引用，回覆</translation>
    </message>
    <message>
        <source>New chat from here</source>
        <translation>從此處開始新對話</translation>
    </message>
    <message>
        <source>branch, fork, split, branch to new chat</source>
        <translation>分支，分叉，另起對話</translation>
    </message>
    <message>
        <source>Instructions used for the last answer</source>
        <translation>模型為上一個回答收到的指令</translation>
    </message>
    <message>
        <source>system prompt, instructions, prompt of the last answer</source>
        <translation>系統提示詞, 指令, 上一個回答的提示詞</translation>
    </message>
    <message>
        <source>Previous version of last answer</source>
        <translation>上一個回答的前一版本</translation>
    </message>
    <message>
        <source>other answer, earlier version</source>
        <translation>其他回答，較早版本</translation>
    </message>
    <message>
        <source>Next version of last answer</source>
        <translation>上一個回答的後一版本</translation>
    </message>
    <message>
        <source>other answer, later version</source>
        <translation>其他回答，較新版本</translation>
    </message>
    <message>
        <source>Delete last answer</source>
        <translation>刪除上一個回答</translation>
    </message>
    <message>
        <source>delete message, remove answer</source>
        <translation>刪除訊息，移除回答</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新增資料夾</translation>
    </message>
    <message>
        <source>group, project, directory, category, move to folder</source>
        <translation>分組，項目，目錄，分類，移到資料夾</translation>
    </message>
    <message>
        <source>Unpin chat</source>
        <translation>取消釘選對話</translation>
    </message>
    <message>
        <source>Pin chat</source>
        <translation>釘選對話</translation>
    </message>
    <message>
        <source>favourite, star, keep on top, bookmark</source>
        <translation>收藏，星標，固定，書籤</translation>
    </message>
    <message>
        <source>Copy chat</source>
        <translation>複製對話</translation>
    </message>
    <message>
        <source>copy whole chat, copy conversation, copy as Markdown</source>
        <translation>複製整個對話，複製全部內容</translation>
    </message>
    <message>
        <source>Duplicate chat</source>
        <translation>製作對話副本</translation>
    </message>
    <message>
        <source>copy, clone, copy of a chat</source>
        <translation>複製，再製，對話副本</translation>
    </message>
    <message>
        <source>Copy chat as plain text</source>
        <translation>將對話複製為純文字</translation>
    </message>
    <message>
        <source>copy conversation as text, unformatted</source>
        <translation>複製對話文字，無格式</translation>
    </message>
    <message>
        <source>Copy link to chat</source>
        <translation>複製對話連結</translation>
    </message>
    <message>
        <source>address, reference, share</source>
        <translation>位址，引用，分享</translation>
    </message>
    <message>
        <source>Open a document, a saved chat, a preset or a model</source>
        <translation>開啟文件、已儲存的對話、預設集或模型</translation>
    </message>
    <message>
        <source>import chat, load file, restore a chat, ask about a file, PDF, JSON, GGUF</source>
        <translation>匯入對話, 開啟檔案, 載入檔案, 還原對話, 詢問檔案, 文件提問, PDF, JSON, GGUF</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>新增檔案…</translation>
    </message>
    <message>
        <source>upload, document, PDF, picture, image, e-mail</source>
        <translation>上傳, 文件, PDF, 圖片, 郵件, 附件</translation>
    </message>
    <message>
        <source>Import chats…</source>
        <translation>匯入對話…</translation>
    </message>
    <message>
        <source>move, migrate, ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, LobeChat, restore, history</source>
        <translation>遷移, 搬家, 歷史記錄, 還原, ChatGPT, Claude, DeepSeek, Open WebUI, Chatbox, Cherry Studio, LM Studio, Jan, Ollama, LibreChat, LobeChat</translation>
    </message>
</context>
<context>
    <name>PalettePresenter</name>
    <message numerus="yes">
        <source>%n places</source>
        <translation>
            <numerusform>%n 處</numerusform>
        </translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
</context>
<context>
    <name>PanelHeader</name>
    <message>
        <source>Preview</source>
        <translation>預覽</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>程式碼</translation>
    </message>
    <message>
        <source>Console</source>
        <translation>主控台</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>並排</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>View</source>
        <translation>檢視</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存為…</translation>
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation>在瀏覽器中開啟…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全螢幕</translation>
    </message>
    <message>
        <source>Size, zoom and more</source>
        <translation>尺寸、縮放等</translation>
    </message>
    <message>
        <source>Restart page</source>
        <translation>重新執行頁面</translation>
    </message>
    <message>
        <source>Back to side panel</source>
        <translation>放回側邊面板</translation>
    </message>
    <message>
        <source>Open in separate window</source>
        <translation>在單獨的視窗中開啟</translation>
    </message>
    <message>
        <source>Exit full screen</source>
        <translation>結束全螢幕</translation>
    </message>
    <message>
        <source>Close preview</source>
        <translation>關閉預覽</translation>
    </message>
</context>
<context>
    <name>PanelMenu</name>
    <message>
        <source>Save as…</source>
        <translation>另存為…</translation>
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation>在瀏覽器中開啟…</translation>
    </message>
    <message>
        <source>Versions…</source>
        <translation>版本…</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全螢幕</translation>
    </message>
    <message>
        <source>Phone, 390 × 844</source>
        <translation>手機，390 × 844</translation>
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
        <translation>複製頁面截圖</translation>
    </message>
    <message>
        <source>Save picture of page…</source>
        <translation>儲存頁面截圖…</translation>
    </message>
    <message>
        <source>Clear saved page data</source>
        <translation>清除它儲存的內容</translation>
    </message>
    <message>
        <source>Back to side panel</source>
        <translation>放回側邊面板</translation>
    </message>
    <message>
        <source>Open in separate window</source>
        <translation>在單獨的視窗中開啟</translation>
    </message>
    <message>
        <source>Fit to panel</source>
        <translation>與面板一樣大</translation>
    </message>
    <message>
        <source>Rotate</source>
        <translation>橫向</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Actual size (now {percent})</source>
        <translation>原始大小（現為 {percent}）</translation>
    </message>
</context>
<context>
    <name>Parameters</name>
    <message>
        <source>From the preset “{preset}”</source>
        <translation>來自預設集「{preset}」</translation>
    </message>
    <message>
        <source>Reset {name}</source>
        <translation>重設{name}</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>溫度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>隨機種子</translation>
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
        <translation>來自「模型」頁為此模型的設定</translation>
    </message>
    <message>
        <source>Not supported by {server}</source>
        <translation>{server} 不支援此參數，不會傳送</translation>
    </message>
    <message>
        <source>Recommended by the model&apos;s developer</source>
        <translation>按模型作者的建議</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>預設</translation>
    </message>
    <message>
        <source>Lower values are more factual, higher values more creative</source>
        <translation>低：重事實；高：重創意</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Sample only from the most likely tokens whose probabilities add up to this value</source>
        <translation>只考慮累計機率達到此比例的詞</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top K</translation>
    </message>
    <message>
        <source>Sample only from this many of the most likely tokens; 0 means all</source>
        <translation>只考慮機率最高的若干個詞；0 表示不限</translation>
    </message>
    <message>
        <source>Min-p</source>
        <translation>Min P</translation>
    </message>
    <message>
        <source>Ignore tokens less likely than this fraction of the most likely one</source>
        <translation>忽略機率低於最高者此比例的詞</translation>
    </message>
    <message>
        <source>Repetition penalty</source>
        <translation>重複懲罰</translation>
    </message>
    <message>
        <source>Values above 1 reduce repetition; 1 means no penalty</source>
        <translation>大於 1 時減少重複；1 表示不懲罰</translation>
    </message>
    <message>
        <source>The same seed reproduces the same answer</source>
        <translation>相同的數字會得到相同的回答</translation>
    </message>
    <message>
        <source>Max. answer length (tokens)</source>
        <translation>最大回答長度（token）</translation>
    </message>
    <message>
        <source>Maximum number of tokens in an answer</source>
        <translation>以 token 計</translation>
    </message>
    <message>
        <source>Context window in tokens; a larger one uses more memory</source>
        <translation>模型一次能讀的 token 數；越大越佔記憶體</translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation>停止序列</translation>
    </message>
    <message>
        <source>Texts that end the answer, separated by commas; use \n for a new line</source>
        <translation>出現這些文字時停止回答，以逗號分隔；\n 表示換行</translation>
    </message>
    <message>
        <source>Keep loaded</source>
        <translation>保持載入</translation>
    </message>
    <message>
        <source>How long after an answer: 10m, 1h30m, 0, or -1 (indefinitely)</source>
        <translation>回答之後：10m、1h30m、0 或 -1（一直保留）</translation>
    </message>
    <message>
        <source>json or a JSON schema</source>
        <translation>json，或一個 JSON Schema</translation>
    </message>
    <message>
        <source>Enter a whole number from {least} to {most}.</source>
        <translation>請輸入 {least} 到 {most} 之間的整數。</translation>
    </message>
    <message>
        <source>Enter a number from {least} to {most}.</source>
        <translation>請輸入 {least} 到 {most} 之間的數。</translation>
    </message>
    <message>
        <source>Enter a time such as 10m or 1h30m, 0, or -1 (indefinitely).</source>
        <translation>請輸入時間，例如 10m 或 1h30m，也可以是 0 或 -1（一直保留）。</translation>
    </message>
    <message>
        <source>Enter json, or a JSON schema in braces.</source>
        <translation>請輸入 json，或用大括號寫的 JSON Schema。</translation>
    </message>
    <message>
        <source>Enter at most 16 texts of up to 200 characters.</source>
        <translation>最多輸入 16 段文字，每段不超過 200 個字元。</translation>
    </message>
</context>
<context>
    <name>PassphraseForm</name>
    <message>
        <source>The passphrase that was chosen on the first computer.</source>
        <translation>在第一台電腦上設定的密碼詞組。</translation>
    </message>
    <message>
        <source>If the system keyring is locked or missing, you also need it after each start of Chatdesk.</source>
        <translation>系統金鑰環不可用或已鎖定時，每次啟動 Chatdesk 後也需要輸入它。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密碼詞組</translation>
    </message>
</context>
<context>
    <name>PassphraseSheet</name>
    <message numerus="yes">
        <source>Use at least %n character(s).</source>
        <translation>
            <numerusform>請至少使用 %n 個字元。</numerusform>
        </translation>
    </message>
    <message>
        <source>The passphrases do not match.</source>
        <translation>兩次輸入不一致。</translation>
    </message>
    <message>
        <source>Protecting…</source>
        <translation>正在保護…</translation>
    </message>
    <message>
        <source>Protect backups</source>
        <translation>保護備份</translation>
    </message>
    <message>
        <source>Protect backups with a passphrase</source>
        <translation>用密碼詞組保護備份</translation>
    </message>
    <message>
        <source>From now on, backups open only with this passphrase, also on another computer. It cannot be recovered: write it down, or keep it in a password manager. Backups made before stay as they are.</source>
        <translation>從現在起，備份只能用此密碼詞組開啟，在其他電腦上也是如此。它無法找回：請寫下來，或儲存在密碼管理器中。之前的備份保持不變。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密碼詞組</translation>
    </message>
    <message>
        <source>Repeat passphrase</source>
        <translation>再次輸入密碼詞組</translation>
    </message>
    <message>
        <source>Suggest one</source>
        <translation>生成一個</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Change passphrase</source>
        <translation>更改密碼詞組</translation>
    </message>
    <message>
        <source>Change the passphrase of backups</source>
        <translation>更改備份的密碼詞組</translation>
    </message>
    <message>
        <source>New backups open only with the new passphrase. It cannot be recovered: write it down, or keep it in a password manager. Backups made before still need the earlier one, so keep that, too.</source>
        <translation>新的備份只能用新的密碼詞組開啟。它無法找回：請寫下來，或儲存在密碼管理器中。之前的備份仍需用原來的密碼詞組開啟，因此請一併保留。</translation>
    </message>
</context>
<context>
    <name>PasswordPopup</name>
    <message>
        <source>This password is wrong.</source>
        <translation>密碼不正確。</translation>
    </message>
    <message>
        <source>Password of a document</source>
        <translation>文件密碼</translation>
    </message>
    <message>
        <source>Password of {name}</source>
        <translation>{name} 的密碼</translation>
    </message>
    <message>
        <source>The password is not kept. The chat stores the document without it.</source>
        <translation>密碼不會被儲存。對話中儲存的是不需要密碼的副本。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
</context>
<context>
    <name>PastedText</name>
    <message numerus="yes">
        <source>You pasted %n character(s).</source>
        <translation>
            <numerusform>你貼上了 %n 個字元。</numerusform>
        </translation>
    </message>
    <message>
        <source>Turn into an attachment</source>
        <translation>轉為附件</translation>
    </message>
    <message>
        <source>Keep as text</source>
        <translation>保留為文字</translation>
    </message>
    <message>
        <source>Pasted text</source>
        <translation>貼上的文字</translation>
    </message>
</context>
<context>
    <name>Pictures</name>
    <message>
        <source>Zoom out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Previous picture</source>
        <translation>上一張圖片</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>下一張圖片</translation>
    </message>
    <message>
        <source>{place} of {count}</source>
        <translation>第 {place} 張，共 {count} 張</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>符合視窗大小</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>The picture was not saved</source>
        <translation>圖片未能儲存</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>From {host}</source>
        <translation>來自 {host}</translation>
    </message>
    <message>
        <source>Loading from {host}</source>
        <translation>正在從 {host} 載入</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>載入</translation>
    </message>
    <message>
        <source>Load from {host}</source>
        <translation>從 {host} 載入</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>The picture is damaged, incomplete, or too large.</source>
        <translation>圖片已損壞、不完整或太大。</translation>
    </message>
    <message>
        <source>View picture</source>
        <translation>檢視圖片</translation>
    </message>
    <message>
        <source>Stop animation</source>
        <translation>停止動畫</translation>
    </message>
    <message>
        <source>Play animation</source>
        <translation>播放動畫</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>複製圖片</translation>
    </message>
    <message>
        <source>Copy picture address</source>
        <translation>複製圖片位址</translation>
    </message>
    <message>
        <source>Save picture as…</source>
        <translation>圖片另存為…</translation>
    </message>
    <message>
        <source>Load all {count} pictures</source>
        <translation>載入全部 {count} 張圖片</translation>
    </message>
    <message>
        <source>Loading picture…</source>
        <translation>圖片正在傳來。</translation>
    </message>
    <message>
        <source>Chatdesk only loads pictures from web addresses.</source>
        <translation>Chatdesk 只顯示網址上的圖片，沒有讀取任何內容。</translation>
    </message>
    <message>
        <source>SVG pictures can contain code, so they are not shown.</source>
        <translation>SVG 圖片可能含有程式，因此不在這裡顯示。</translation>
    </message>
    <message>
        <source>The picture is too large to show.</source>
        <translation>圖片太大，無法顯示。</translation>
    </message>
    <message>
        <source>The picture file is missing or damaged.</source>
        <translation>圖片檔案已遺失或損壞。</translation>
    </message>
    <message>
        <source>The file is not a picture. The address may require you to sign in. Open it in your browser.</source>
        <translation>收到的不是圖片。該位址可能需要登入，請在瀏覽器中開啟。</translation>
    </message>
    <message>
        <source>The address is on your local network, so nothing was loaded. Copy the address to open it in your browser.</source>
        <translation>該位址在你自己的網路中，因此沒有載入。可以複製位址，在瀏覽器中開啟。</translation>
    </message>
    <message>
        <source>The picture has moved to {host}.</source>
        <translation>圖片已移至 {host}。</translation>
    </message>
    <message>
        <source>The server did not provide the picture ({status}). It may have been removed.</source>
        <translation>伺服器沒有提供圖片（{status}），圖片可能已被刪除。</translation>
    </message>
    <message>
        <source>The server cannot be reached. Check your connection.</source>
        <translation>無法連線伺服器，請檢查網路。</translation>
    </message>
    <message>
        <source>The server did not respond in time.</source>
        <translation>伺服器沒有及時回應。</translation>
    </message>
    <message>
        <source>More than {count} pictures were received. The rest were discarded.</source>
        <translation>收到的圖片超過 {count} 張，其餘的沒有保留。</translation>
    </message>
    <message>
        <source>The picture could not be saved. Free some disk space, then ask again.</source>
        <translation>圖片無法儲存。請騰出一些磁碟空間後重新提問。</translation>
    </message>
</context>
<context>
    <name>PresetActions</name>
    <message numerus="yes">
        <source>%n presets were deleted</source>
        <translation>
            <numerusform>已刪除 %n 個預設集</numerusform>
        </translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name}（副本）</translation>
    </message>
    <message>
        <source>{name} was deleted</source>
        <translation>已刪除「{name}」</translation>
    </message>
    <message>
        <source>{name} was reset to the built-in preset</source>
        <translation>「{name}」已還原為內建版本</translation>
    </message>
</context>
<context>
    <name>PresetCategories</name>
    <message>
        <source>Translation</source>
        <translation>翻譯</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>辦公</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>寫作</translation>
    </message>
    <message>
        <source>Coding</source>
        <translation>程式設計</translation>
    </message>
    <message>
        <source>Study</source>
        <translation>學習</translation>
    </message>
    <message>
        <source>Roles</source>
        <translation>角色與客服</translation>
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
        <translation>預設集</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>分區</translation>
    </message>
    <message>
        <source>Change order</source>
        <translation>更改排序</translation>
    </message>
    <message>
        <source>Filter by tag</source>
        <translation>按標籤尋找</translation>
    </message>
    <message>
        <source>Card view</source>
        <translation>以卡片顯示</translation>
    </message>
    <message>
        <source>List view</source>
        <translation>以清單顯示</translation>
    </message>
</context>
<context>
    <name>PresetEditor</name>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>約 %n 個 token</numerusform>
        </translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>變數</translation>
    </message>
    <message>
        <source>Preview with these values</source>
        <translation>按以上取值預覽</translation>
    </message>
    <message>
        <source>Opening message</source>
        <translation>開場訊息</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>問候語</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>範例輸入</translation>
    </message>
    <message>
        <source>Opening message, greeting and sample</source>
        <translation>開場訊息、問候語和範例</translation>
    </message>
    <message>
        <source>Category, tags, model and settings</source>
        <translation>分類、標籤、模型和設定</translation>
    </message>
    <message>
        <source>Sent as your first message. {{input}} stands for your text in the composer. Without it, your text is added at the end.</source>
        <translation>作為你的第一則訊息傳送。{{input}} 是你在輸入框裡寫的內容；不寫它，輸入的內容就接在後面。</translation>
    </message>
    <message>
        <source>The assistant&apos;s first message in a new chat.</source>
        <translation>你開口之前，助手先說的話。</translation>
    </message>
    <message>
        <source>Example input for trying the preset.</source>
        <translation>用來試執行預設集的輸入。</translation>
    </message>
</context>
<context>
    <name>PresetFacts</name>
    <message>
        <source>Category</source>
        <translation>分類</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>標籤</translation>
    </message>
    <message>
        <source>Separated by commas.</source>
        <translation>用逗號分隔。</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>溫度</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>隨機種子</translation>
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
        <translation>提示詞的語言。留空表示不限。</translation>
    </message>
    <message>
        <source>Recommended models, best first. Use * as a wildcard: qwen3*</source>
        <translation>最適合的模型，最好的寫在前面。* 代表任意字元，例如 qwen3*</translation>
    </message>
    <message>
        <source>Lower values are more factual, higher values more creative. Leave empty to use the default.</source>
        <translation>求準確用低值，求創意用高值。留空則由伺服器決定。</translation>
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
        <translation>重複懲罰</translation>
    </message>
    <message>
        <source>Values above 1 reduce repetition. 1 means no penalty.</source>
        <translation>1 表示不懲罰。</translation>
    </message>
    <message>
        <source>Max. answer length (tokens)</source>
        <translation>最大回答長度（token）</translation>
    </message>
    <message>
        <source>Maximum number of tokens in an answer.</source>
        <translation>單次回答的上限。</translation>
    </message>
    <message>
        <source>Context window in tokens. Ollama only.</source>
        <translation>模型可容納的 token 數。僅用於 Ollama。</translation>
    </message>
    <message>
        <source>Stop sequences</source>
        <translation>停止序列</translation>
    </message>
    <message>
        <source>Texts that end the answer, separated by commas. Use \n for a new line.</source>
        <translation>出現這些文字時停止回答，以逗號分隔。\n 表示換行。</translation>
    </message>
    <message>
        <source>Keep loaded</source>
        <translation>保持載入</translation>
    </message>
    <message>
        <source>How long after an answer: 10m, 1h30m, 0, or -1 (indefinitely). Ollama only.</source>
        <translation>回答之後：10m、1h30m、0 或 -1（一直保留）。僅用於 Ollama。</translation>
    </message>
    <message>
        <source>json or a JSON schema.</source>
        <translation>json，或一個 JSON Schema。</translation>
    </message>
    <message>
        <source>Send prompt as</source>
        <translation>提示詞的傳送方式</translation>
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
        <translation>換一個預設集…</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Fill in or view prompt</source>
        <translation>填寫或檢視提示詞</translation>
    </message>
    <message>
        <source>View prompt</source>
        <translation>檢視提示詞</translation>
    </message>
    <message>
        <source>Show in library</source>
        <translation>在預設集庫中檢視</translation>
    </message>
    <message>
        <source>Save chat as preset…</source>
        <translation>將此對話存為預設集…</translation>
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
        <translation>未儲存</translation>
    </message>
</context>
<context>
    <name>PresetPopup</name>
    <message>
        <source>No presets yet.</source>
        <translation>還沒有預設集。</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>Search presets</source>
        <translation>搜尋預設集</translation>
    </message>
    <message>
        <source>All presets…</source>
        <translation>全部預設集…</translation>
    </message>
    <message>
        <source>No results</source>
        <translation>沒有結果</translation>
    </message>
</context>
<context>
    <name>PresetPresenter</name>
    <message>
        <source>My preset</source>
        <translation>我的預設集</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>選擇檔案</translation>
    </message>
</context>
<context>
    <name>PresetProblems</name>
    <message>
        <source>The file is too large for a preset.</source>
        <translation>檔案太大，不能作為預設集。</translation>
    </message>
    <message>
        <source>“{detail}” is too long, or has too many entries.</source>
        <translation>「{detail}」太長，或條目太多。</translation>
    </message>
    <message>
        <source>“{detail}” has a value of the wrong type.</source>
        <translation>「{detail}」的值類型不對。</translation>
    </message>
    <message>
        <source>The variable “{detail}” is declared twice.</source>
        <translation>變數「{detail}」宣告了兩次。</translation>
    </message>
    <message>
        <source>The file cannot be read: {detail}</source>
        <translation>無法讀取檔案：{detail}</translation>
    </message>
    <message>
        <source>Line {line}: {sentence}</source>
        <translation>第 {line} 行：{sentence}</translation>
    </message>
    <message>
        <source>The file is not valid UTF-8. Save it as UTF-8.</source>
        <translation>檔案不是 UTF-8 文字，請另存為 UTF-8 編碼。</translation>
    </message>
    <message>
        <source>The header is too long. Put long texts below it, after the second +++.</source>
        <translation>開頭部分太長。長文字應放在第二個 +++ 之後。</translation>
    </message>
    <message>
        <source>The folder contains too many presets. Move presets that you do not need to another folder.</source>
        <translation>資料夾裡的內容超出了 Chatdesk 的讀取上限。請把不需要的預設集移出去。</translation>
    </message>
    <message>
        <source>The header starts with +++ but does not end. Add a line with +++ below it.</source>
        <translation>檔案頭以 +++ 開始，卻沒有結束。請在它下面加一行 +++。</translation>
    </message>
    <message>
        <source>The header is not valid TOML: {detail}</source>
        <translation>檔案頭不是有效的 TOML：{detail}</translation>
    </message>
    <message>
        <source>The file needs a newer version of Chatdesk (schema {detail}).</source>
        <translation>它是為更新版本的 Chatdesk 編寫的（格式版本 {detail}）。</translation>
    </message>
    <message>
        <source>“{detail}” has an invalid value.</source>
        <translation>「{detail}」不能取這個值。</translation>
    </message>
    <message>
        <source>A value is out of range. Allowed: {detail}</source>
        <translation>有一個值超出範圍。允許的值：{detail}</translation>
    </message>
    <message>
        <source>“{detail}” is not a valid variable name. Use letters, digits, _ and -, starting with a letter. The name must be unique.</source>
        <translation>「{detail}」不能用作變數名：變數名以文字開頭，只含文字、數字、_ 和 -，且不能與系統變數同名。</translation>
    </message>
    <message>
        <source>The preset needs a prompt, an opening message or a greeting.</source>
        <translation>沒有提示詞、開場訊息或問候語，至少需要其中之一。</translation>
    </message>
    <message>
        <source>The file name contains invalid characters. Rename the file.</source>
        <translation>檔名裡有不是文字的位元組。請給它換個名字。</translation>
    </message>
</context>
<context>
    <name>PresetSharePresenter</name>
    <message>
        <source>Import presets</source>
        <translation>匯入預設集</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>Open files</source>
        <translation>開啟檔案</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>Archive of presets</source>
        <translation>預設集壓縮檔</translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) imported</source>
        <translation>
            <numerusform>已匯入 %n 個預設集</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresetStrip</name>
    <message>
        <source>about {count} tokens</source>
        <translation>約 {count} 個 token</translation>
    </message>
    <message>
        <source>Remove preset {name}</source>
        <translation>移除預設集「{name}」</translation>
    </message>
    <message>
        <source>Hide prompt</source>
        <translation>收起提示詞</translation>
    </message>
    <message>
        <source>Show prompt</source>
        <translation>檢視提示詞</translation>
    </message>
    <message>
        <source>The prompt that is sent, with all values filled in</source>
        <translation>填好之後，模型實際收到的內容</translation>
    </message>
</context>
<context>
    <name>Presets</name>
    <message>
        <source>All presets</source>
        <translation>全部預設集</translation>
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
        <translation>有誤的檔案</translation>
    </message>
    <message>
        <source>Most used</source>
        <translation>最常用</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>line</source>
        <translation>單行</translation>
    </message>
    <message>
        <source>long text</source>
        <translation>長文字</translation>
    </message>
    <message>
        <source>choice</source>
        <translation>選項</translation>
    </message>
    <message>
        <source>number</source>
        <translation>數字</translation>
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
        <translation>檔案內容</translation>
    </message>
    <message>
        <source>selected text</source>
        <translation>選取的文字</translation>
    </message>
    <message>
        <source>clipboard</source>
        <translation>剪貼簿</translation>
    </message>
    <message>
        <source>Formatted text</source>
        <translation>帶格式的文字</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>純文字</translation>
    </message>
    <message>
        <source>A page</source>
        <translation>網頁</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>程式碼</translation>
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
        <translation>作為系統訊息</translation>
    </message>
    <message>
        <source>Before the first question</source>
        <translation>置於首條提問前</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>我的預設集</translation>
    </message>
    <message>
        <source>Custom order</source>
        <translation>自訂順序</translation>
    </message>
    <message>
        <source>your text in the composer</source>
        <translation>輸入框中的內容</translation>
    </message>
    <message>
        <source>current date</source>
        <translation>今天的日期</translation>
    </message>
    <message>
        <source>current time</source>
        <translation>目前時間</translation>
    </message>
    <message>
        <source>locale code</source>
        <translation>語言與地區程式碼</translation>
    </message>
    <message>
        <source>model name</source>
        <translation>模型名稱</translation>
    </message>
    <message>
        <source>language of the chat</source>
        <translation>對話語言</translation>
    </message>
    <message>
        <source>Recommended by the model&apos;s developer</source>
        <translation>按模型開發者的建議</translation>
    </message>
    <message>
        <source>Default</source>
        <translation>預設</translation>
    </message>
    <message>
        <source>On</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>極少</translation>
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
        <translation>用一個預設集處理多份文字</translation>
    </message>
    <message>
        <source>Text and translation side by side</source>
        <translation>原文與譯文並排顯示</translation>
    </message>
</context>
<context>
    <name>PreviewActions</name>
    <message>
        <source>Page</source>
        <translation>頁面</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>網頁</translation>
    </message>
    <message>
        <source>PNG picture</source>
        <translation>PNG 圖片</translation>
    </message>
    <message>
        <source>ZIP archive</source>
        <translation>打包的各個檔案</translation>
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
        <translation>……另有 {count} 條</translation>
    </message>
    <message>
        <source>{file}, lines {first} to {last}:</source>
        <translation>{file}，第 {first} 到 {last} 行：</translation>
    </message>
    <message>
        <source>The page has these errors. Please fix them and give me the complete code again.</source>
        <translation>頁面有以下錯誤。請修復，並重新給出完整程式碼。</translation>
    </message>
</context>
<context>
    <name>PreviewHost</name>
    <message>
        <source>Previews run only in a sandbox, which does not work for the system administrator (root). Start Chatdesk as a regular user.</source>
        <translation>生成的頁面只在沙箱中執行，而系統管理員（root）無法使用沙箱。請以普通使用者啟動 Chatdesk。</translation>
    </message>
    <message>
        <source>Previews run only in a sandbox, which this system does not allow (unprivileged user namespaces are disabled).</source>
        <translation>生成的頁面只在沙箱中執行，而本系統不允許程式建立沙箱（非特權使用者命名空間已關閉）。</translation>
    </message>
    <message>
        <source>The Qt component for web pages (QtWebEngine) is missing or cannot be loaded.</source>
        <translation>Qt 顯示網頁的元件（QtWebEngine）不存在或無法載入。</translation>
    </message>
</context>
<context>
    <name>PreviewHostArea</name>
    <message>
        <source>Show the code</source>
        <translation>檢視程式碼</translation>
    </message>
    <message>
        <source>Still being written</source>
        <translation>還在生成</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新執行</translation>
    </message>
    <message>
        <source>Open in the browser…</source>
        <translation>在瀏覽器中開啟…</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存為…</translation>
    </message>
    <message>
        <source>The preview cannot run here</source>
        <translation>預覽無法在這裡執行</translation>
    </message>
    <message>
        <source>You stopped the page</source>
        <translation>你停止了頁面</translation>
    </message>
    <message>
        <source>The page opens here once the code is complete.</source>
        <translation>程式碼完成後，頁面會在這裡開啟。</translation>
    </message>
    <message>
        <source>None of its code is running.</source>
        <translation>它已完全停止執行。</translation>
    </message>
    <message>
        <source>It did not respond for ten seconds, which can be caused by an endless loop.</source>
        <translation>它十秒沒有回應，可能陷入了無窮迴圈。</translation>
    </message>
    <message>
        <source>The page was stopped</source>
        <translation>頁面已被終止</translation>
    </message>
    <message>
        <source>It exceeded the memory limit for previews.</source>
        <translation>它使用的記憶體超出了上限。</translation>
    </message>
    <message>
        <source>It wrote too much to the console.</source>
        <translation>它在主控台的輸出太多，視窗無法承受。</translation>
    </message>
    <message>
        <source>It repeatedly replaced itself with an empty page.</source>
        <translation>它多次將自己替換為空白頁面。</translation>
    </message>
    <message>
        <source>It stopped unexpectedly. It may have run out of memory.</source>
        <translation>它自行中斷，例如因為記憶體不足。</translation>
    </message>
    <message>
        <source>The page has stopped</source>
        <translation>頁面已結束</translation>
    </message>
</context>
<context>
    <name>PreviewPanel</name>
    <message>
        <source>Preview of “{title}”</source>
        <translation>「{title}」的預覽</translation>
    </message>
</context>
<context>
    <name>PreviewPresenter</name>
    <message>
        <source>Version {number} restored as the newest version</source>
        <translation>版本 {number} 已還原為最新版本</translation>
    </message>
</context>
<context>
    <name>PreviewStep</name>
    <message>
        <source>{count} of {chats}</source>
        <translation>{chats}中的 {count} 個</translation>
    </message>
    <message>
        <source>Every version of an answer</source>
        <translation>回答的每個版本</translation>
    </message>
    <message>
        <source>Reasoning, models, dates</source>
        <translation>推理、模型、日期</translation>
    </message>
    <message>
        <source>Questions and answers</source>
        <translation>問題與回答</translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s)</source>
        <translation>
            <numerusform>%n 個資料夾</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pinned chat(s)</source>
        <translation>
            <numerusform>%n 個釘選對話</numerusform>
        </translation>
    </message>
    <message>
        <source>Included</source>
        <translation>會匯入</translation>
    </message>
    <message>
        <source>Not included</source>
        <translation>不會匯入</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>…… 還有 %n 個</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are here already</source>
        <translation>
            <numerusform>%n 個已在這裡</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in Recently deleted</source>
        <translation>
            <numerusform>%n 個在「最近刪除」中</numerusform>
        </translation>
    </message>
    <message>
        <source>Choose chats…</source>
        <translation>選擇對話…</translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s)</source>
        <translation>
            <numerusform>%n 個預設集</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s)</source>
        <translation>
            <numerusform>%n 個術語表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n provider(s), switched off</source>
        <translation>
            <numerusform>%n 個供應商，已停用</numerusform>
        </translation>
    </message>
    <message>
        <source>without their keys</source>
        <translation>不含金鑰</translation>
    </message>
    <message numerus="yes">
        <source>Instructions for the model in %n chat(s)</source>
        <translation>
            <numerusform>%n 個對話中給模型的指令</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>全部顯示</translation>
    </message>
    <message numerus="yes">
        <source>%n archived chat(s) in the folder “{folder}”</source>
        <translation>
            <numerusform>%n 個已封存對話，放入資料夾「{folder}」</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n project(s), numbered because the file has no names</source>
        <translation>
            <numerusform>%n 個項目，檔案中沒有名稱，因此編號</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n folder(s), numbered because the file has no names</source>
        <translation>
            <numerusform>%n 個資料夾，檔案中沒有名稱，因此編號</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PromptEdit</name>
    <message>
        <source>This text is too long to paste here. Add it to the preset&apos;s file instead.</source>
        <translation>內容太長，無法貼上到這裡。請直接寫入預設集的檔案。</translation>
    </message>
</context>
<context>
    <name>PromptHints</name>
    <message>
        <source>“{section}” is empty.</source>
        <translation>「{section}」是空的。</translation>
    </message>
    <message>
        <source>The prompt is very long. Models with a small context may forget part of it.</source>
        <translation>提示詞很長。上下文較小的模型可能會忘掉一部分。</translation>
    </message>
    <message>
        <source>“{section}” occurs twice.</source>
        <translation>「{section}」出現了兩次。</translation>
    </message>
    <message>
        <source>“{section}” has no steps. Write one step per line.</source>
        <translation>「{section}」沒有分步。請每行寫一步。</translation>
    </message>
    <message>
        <source>The prompt asks for answers in two languages: {name}, and here {other}.</source>
        <translation>要求用兩種語言回答：前面是「{name}」，這裡是「{other}」。</translation>
    </message>
    <message>
        <source>The variable “{name}” is not declared. Did you mean “{other}”?</source>
        <translation>變數「{name}」沒有宣告，是不是想寫「{other}」？</translation>
    </message>
    <message>
        <source>The variable “{name}” is not used.</source>
        <translation>變數「{name}」沒有用到。</translation>
    </message>
    <message>
        <source>“{name}” is required, but is not used.</source>
        <translation>「{name}」是必填項，卻沒有用到。</translation>
    </message>
    <message>
        <source>“{name}” is a choice variable without choices.</source>
        <translation>「{name}」是選項變數，卻沒有選項。</translation>
    </message>
</context>
<context>
    <name>PromptPanel</name>
    <message>
        <source>variable</source>
        <translation>變數</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示詞</translation>
    </message>
    <message>
        <source>Insert variable</source>
        <translation>插入變數</translation>
    </message>
    <message>
        <source>New variable</source>
        <translation>新變數</translation>
    </message>
    <message>
        <source>Edit as sections</source>
        <translation>按章節編寫</translation>
    </message>
    <message>
        <source># Role
You are …

# Task
…</source>
        <translation># 角色
你是……

# 任務
……</translation>
    </message>
</context>
<context>
    <name>PromptPreview</name>
    <message>
        <source>The prompt as it will be sent</source>
        <translation>將要傳送的提示詞</translation>
    </message>
</context>
<context>
    <name>PromptSections</name>
    <message>
        <source>Opening</source>
        <translation>開頭</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>簡介</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>背景</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>目標</translation>
    </message>
    <message>
        <source>Skills</source>
        <translation>技能</translation>
    </message>
    <message>
        <source>Constraints</source>
        <translation>約束</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>規則</translation>
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
        <translation>輸出格式</translation>
    </message>
    <message>
        <source>Examples</source>
        <translation>範例</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>輸入</translation>
    </message>
    <message>
        <source>Initialization</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>Author, version, language, a description</source>
        <translation>作者、版本、語言、描述</translation>
    </message>
    <message>
        <source>What the answer should achieve</source>
        <translation>回答要達到什麼目的</translation>
    </message>
    <message>
        <source>What the role knows and can do</source>
        <translation>這個角色懂什麼、會什麼</translation>
    </message>
    <message>
        <source>Text before the first heading</source>
        <translation>第一個標題之前的內容</translation>
    </message>
    <message>
        <source>Who the assistant is, and its expertise</source>
        <translation>由誰來回答，有何專長</translation>
    </message>
    <message>
        <source>Background information: audience, purpose, where it is used</source>
        <translation>需要了解的情況：給誰看、為什麼、用在哪裡</translation>
    </message>
    <message>
        <source>What to avoid</source>
        <translation>不能做什麼</translation>
    </message>
    <message>
        <source>Rules for every answer</source>
        <translation>每次回答都要遵守什麼</translation>
    </message>
    <message>
        <source>Commands such as /help</source>
        <translation>觸發某個動作的詞，例如 /help</translation>
    </message>
    <message>
        <source>Tools that can be used</source>
        <translation>可以使用什麼</translation>
    </message>
    <message>
        <source>What to remember in a long chat</source>
        <translation>長對話中不能忘記什麼</translation>
    </message>
    <message>
        <source>The steps, one per line</source>
        <translation>步驟，每行一步</translation>
    </message>
    <message>
        <source>Form, length and language of the answer</source>
        <translation>回答的樣子：形式、長度、語言</translation>
    </message>
    <message>
        <source>A sample question and its answer</source>
        <translation>一個問題及其回答</translation>
    </message>
    <message>
        <source>The text to work on, often a variable</source>
        <translation>提示詞處理的內容，通常是一個變數</translation>
    </message>
    <message>
        <source>How the chat starts</source>
        <translation>對話如何開始</translation>
    </message>
</context>
<context>
    <name>ProvidersTab</name>
    <message>
        <source>Providers</source>
        <translation>供應商</translation>
    </message>
</context>
<context>
    <name>ProvidersView</name>
    <message>
        <source>My provider</source>
        <translation>我的供應商</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>供應商</translation>
    </message>
    <message>
        <source>API keys are never written to Chatdesk&apos;s files, and each is sent only to its own provider.</source>
        <translation>金鑰不會寫入 Chatdesk 的任何檔案，並且只發給對應的供應商。</translation>
    </message>
    <message>
        <source>All providers</source>
        <translation>全部供應商</translation>
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
        <translation>密碼</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>使用者名稱</translation>
    </message>
    <message>
        <source>System proxy</source>
        <translation>跟隨系統</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>指定</translation>
    </message>
    <message>
        <source>Proxy address</source>
        <translation>代理位址</translation>
    </message>
    <message>
        <source>Password (kept until you quit)</source>
        <translation>密碼：本次執行有效</translation>
    </message>
    <message>
        <source>Password (saved)</source>
        <translation>密碼：已儲存</translation>
    </message>
    <message>
        <source>Proxy user name</source>
        <translation>代理的使用者名稱</translation>
    </message>
    <message>
        <source>Proxy password</source>
        <translation>代理的密碼</translation>
    </message>
</context>
<context>
    <name>PullPresenter</name>
    <message>
        <source>Show</source>
        <translation>檢視</translation>
    </message>
    <message>
        <source>{model} is ready.</source>
        <translation>{model} 已就緒。</translation>
    </message>
    <message>
        <source>Chat with it</source>
        <translation>開始對話</translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <translation>
            <numerusform>%n 個下載</numerusform>
        </translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失敗</translation>
    </message>
    <message>
        <source>Downloads resumed</source>
        <translation>下載繼續進行</translation>
    </message>
    <message>
        <source>Download of {model} cancelled.</source>
        <translation>已取消下載 {model}。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>{model}: {percent}% downloaded</source>
        <translation>{model}：已下載 {percent}%</translation>
    </message>
</context>
<context>
    <name>PullRow</name>
    <message>
        <source>Sign in…</source>
        <translation>登入…</translation>
    </message>
    <message>
        <source>Download {model}</source>
        <translation>下載 {model}</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>From {host}</source>
        <translation>來自 {host}</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Ollama is not responding.</source>
        <translation>Ollama 沒有回應。</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>Chat with {model}</source>
        <translation>與 {model} 對話</translation>
    </message>
    <message>
        <source>Pause download of {model}</source>
        <translation>暫停下載 {model}</translation>
    </message>
    <message>
        <source>Resume download of {model}</source>
        <translation>繼續下載 {model}</translation>
    </message>
    <message>
        <source>Remove {model} from the list</source>
        <translation>從清單中移除 {model}</translation>
    </message>
    <message>
        <source>Cancel download of {model}</source>
        <translation>取消下載 {model}</translation>
    </message>
    <message>
        <source>Download anyway</source>
        <translation>仍然下載</translation>
    </message>
    <message>
        <source>Remove and download again</source>
        <translation>刪除並重新下載</translation>
    </message>
    <message>
        <source>Slow? Try {hub}</source>
        <translation>太慢？換用 {hub}</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>選擇資料夾…</translation>
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
        <translation>排隊中</translation>
    </message>
    <message>
        <source>Edit the queued message</source>
        <translation>編輯排隊的訊息</translation>
    </message>
    <message>
        <source>Remove the queued message</source>
        <translation>移除排隊的訊息</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n 個附件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QuickFooter</name>
    <message>
        <source>New question</source>
        <translation>新問題</translation>
    </message>
    <message>
        <source>Open as chat</source>
        <translation>作為對話開啟</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>複製回答</translation>
    </message>
    <message>
        <source>Saved in “{folder}”</source>
        <translation>已存入「{folder}」</translation>
    </message>
</context>
<context>
    <name>QuickHeader</name>
    <message>
        <source>Quick question</source>
        <translation>快速提問</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>預設集：{name}</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Remove preset {name}</source>
        <translation>移除預設集「{name}」</translation>
    </message>
</context>
<context>
    <name>QuickPage</name>
    <message>
        <source>Use clipboard</source>
        <translation>使用剪貼簿</translation>
    </message>
    <message>
        <source>Esc closes</source>
        <translation>按 Esc 關閉</translation>
    </message>
    <message>
        <source>Add the text or picture on the clipboard. The clipboard is read only when you choose this.</source>
        <translation>帶上剪貼簿中的文字或圖片。點選時才會讀取。</translation>
    </message>
</context>
<context>
    <name>QuickPresenter</name>
    <message>
        <source>Answer copied to the clipboard</source>
        <translation>回答已複製到剪貼簿</translation>
    </message>
    <message>
        <source>The clipboard contains no text, picture or file</source>
        <translation>剪貼簿中沒有文字、圖片或檔案</translation>
    </message>
</context>
<context>
    <name>QuickWindow</name>
    <message>
        <source>Quick question</source>
        <translation>快速提問</translation>
    </message>
</context>
<context>
    <name>ReadingPreview</name>
    <message>
        <source>Compound interest grows on itself: each month, interest is paid on the interest of the month before.</source>
        <translation>Compound interest 即複利：每個月的利息都會計入本金，下個月再一起計息。</translation>
    </message>
</context>
<context>
    <name>ReadingStep</name>
    <message>
        <source>Reading {name}…</source>
        <translation>正在讀取 {name}…</translation>
    </message>
</context>
<context>
    <name>ReadingStrip</name>
    <message>
        <source>Reading files, {read} of {count}</source>
        <translation>正在讀取檔案，{read}/{count}</translation>
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
        <translation>{model} 已就緒。</translation>
    </message>
    <message>
        <source>It writes better than the small model.</source>
        <translation>它比小模型寫得更好。</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Answer the last question with this model, beside the old answer</source>
        <translation>用這個模型再次回答上一個問題，並保留原回答</translation>
    </message>
    <message>
        <source>Use it here</source>
        <translation>在此使用</translation>
    </message>
    <message>
        <source>Use {model} in this chat</source>
        <translation>在此對話中使用 {model}</translation>
    </message>
    <message>
        <source>Keep the current model</source>
        <translation>保留目前模型</translation>
    </message>
</context>
<context>
    <name>RecoveryTexts</name>
    <message>
        <source>Verified</source>
        <translation>已驗證</translation>
    </message>
    <message>
        <source>The damaged file</source>
        <translation>損壞的檔案</translation>
    </message>
    <message>
        <source>Start without chats</source>
        <translation>不帶對話，重新開始</translation>
    </message>
    <message>
        <source>Start empty</source>
        <translation>重新開始</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>在資料夾中顯示</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重試</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>結束</translation>
    </message>
    <message>
        <source>Starting without chats…</source>
        <translation>正在建立空白的對話記錄…</translation>
    </message>
    <message>
        <source>Nothing has been overwritten.</source>
        <translation>沒有覆蓋任何內容。</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>Use</source>
        <comment>a copy</comment>
        <translation>使用</translation>
    </message>
    <message>
        <source>Settings and providers are kept</source>
        <translation>設定和供應商保持不變</translation>
    </message>
    <message>
        <source>Your files are in {folder}</source>
        <translation>檔案位於 {folder}</translation>
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
        <translation>儲存能讀出的內容</translation>
    </message>
    <message>
        <source>What happened?</source>
        <translation>出了什麼問題？</translation>
    </message>
    <message>
        <source>Recovering chats…</source>
        <translation>正在儲存能讀出的內容…</translation>
    </message>
    <message>
        <source>Restoring the backup…</source>
        <translation>正在還原備份…</translation>
    </message>
    <message>
        <source>No chats could be recovered.</source>
        <translation>這個檔案裡已讀不出任何內容。</translation>
    </message>
    <message>
        <source>Install the newer version to open them. If you choose another option, they are kept in the folder under another name.</source>
        <translation>請安裝較新的版本來開啟它們。如果選擇其他方式，原檔案會改名保留在資料夾中。</translation>
    </message>
    <message>
        <source>Your chats are unchanged. Close the other program, then try again.</source>
        <translation>對話沒有任何改動。請先關閉另一個程式，然後重試。</translation>
    </message>
    <message>
        <source>Your chats are unchanged. Free some disk space, then try again.</source>
        <translation>對話沒有任何改動。請先騰出一些磁碟空間，然後重試。</translation>
    </message>
    <message>
        <source>A usable backup was found: {moment}.</source>
        <translation>旁邊有一份完好的備份：{moment}。</translation>
    </message>
    <message>
        <source>Looking for a backup…</source>
        <translation>正在尋找完好的備份…</translation>
    </message>
    <message>
        <source>No usable backup was found.</source>
        <translation>沒有找到完好的備份。</translation>
    </message>
    <message>
        <source>newest chat: {title}</source>
        <translation>最新：{title}</translation>
    </message>
    <message>
        <source>Restore this backup</source>
        <translation>使用此備份</translation>
    </message>
    <message>
        <source>Recovers chats from the file, and takes what cannot be read from the backup</source>
        <translation>讀取整個檔案，讀不出的部分用備份補上</translation>
    </message>
    <message>
        <source>Recovers chats from the file; what cannot be read is lost</source>
        <translation>讀取整個檔案，讀不出的部分無法補上</translation>
    </message>
    <message>
        <source>The damaged file is kept in the same folder under another name</source>
        <translation>損壞的檔案留在原處，只是改名</translation>
    </message>
    <message>
        <source>The newer file is kept in the same folder under another name</source>
        <translation>較新的檔案留在原處，只是改名</translation>
    </message>
    <message>
        <source>Recover</source>
        <translation>還原</translation>
    </message>
</context>
<context>
    <name>RestoreSheet</name>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 則訊息</numerusform>
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
            <numerusform>已還原 %n 個對話</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s) missing</source>
        <translation>
            <numerusform>缺少 %n 個附件</numerusform>
        </translation>
    </message>
    <message>
        <source>Restore from {time}</source>
        <translation>從 {time} 還原</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Replace all chats</source>
        <translation>替換所有對話</translation>
    </message>
    <message numerus="yes">
        <source>Restore %n chat(s)</source>
        <translation>
            <numerusform>還原 %n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Opening the backup…</source>
        <translation>正在開啟備份…</translation>
    </message>
    <message>
        <source>This backup is protected. Enter the passphrase that was set when it was made.</source>
        <translation>此備份受保護。請輸入建立時設定的密碼詞組。</translation>
    </message>
    <message>
        <source>Restoring…</source>
        <translation>正在還原…</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>All current chats are replaced by the {chats} of this backup. The current ones are kept in the data folder, in a file named “chats-set-aside-…”. The window closes for a moment, and running answers are stopped.</source>
        <translation>所有目前對話將被此備份中的 {chats}替換。目前對話會保留在資料資料夾中名稱含「set-aside」的檔案裡。視窗會短暫關閉，正在生成的回答會停止。</translation>
    </message>
    <message>
        <source>Sync with other computers is on: the chats in the shared folder are added again. Stop it first to have only those of the backup.</source>
        <translation>與其他電腦的同步已開啟：共享資料夾中的對話會再次新增。如果只想保留備份中的對話，請先停止同步。</translation>
    </message>
    <message>
        <source>Missing chats are restored as they were. Existing chats get back messages that are missing, and keep all others.</source>
        <translation>已不在此處的對話會按原樣還原。仍在此處的對話會補回缺少的訊息，其餘內容保持不變。</translation>
    </message>
    <message>
        <source>The presets and glossaries of this backup are damaged. An older backup may have them.</source>
        <translation>此備份中的預設集和術語表已損壞。更早的備份中可能還有。</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密碼詞組</translation>
    </message>
    <message>
        <source>Next to the current chats</source>
        <translation>與目前對話並存</translation>
    </message>
    <message>
        <source>Instead of the current chats</source>
        <translation>替換目前對話</translation>
    </message>
    <message>
        <source>How to restore</source>
        <translation>還原方式</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>還原</translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) and glossaries restored</source>
        <translation>
            <numerusform>已還原 %n 個預設集和術語表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Also %n preset(s) and glossaries that are missing here</source>
        <translation>
            <numerusform>同時還原此處缺少的 %n 個預設集和術語表</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResultStrip</name>
    <message>
        <source>Test again</source>
        <translation>重新測試</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>More</source>
        <translation>詳情</translation>
    </message>
    <message>
        <source>Use {address}</source>
        <translation>改用 {address}</translation>
    </message>
    <message>
        <source>Testing the server, {seconds} s</source>
        <translation>正在詢問伺服器，{seconds} 秒</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>尋找原因</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>測試</translation>
    </message>
    <message>
        <source>The test sends no message and costs nothing, and it detects a wrong API key.</source>
        <translation>測試不傳送訊息，不產生費用，並能發現錯誤的金鑰。</translation>
    </message>
</context>
<context>
    <name>RowButtons</name>
    <message>
        <source>Restore {name}</source>
        <translation>還原 {name}</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>還原</translation>
    </message>
    <message>
        <source>Permanently delete {name}</source>
        <translation>永久刪除 {name}</translation>
    </message>
    <message>
        <source>Delete permanently</source>
        <translation>永久刪除</translation>
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
        <translation>譯文，第 {number} 行</translation>
    </message>
</context>
<context>
    <name>RunnerCard</name>
    <message>
        <source>Start it</source>
        <translation>啟動</translation>
    </message>
    <message>
        <source>Get Ollama</source>
        <translation>取得 Ollama</translation>
    </message>
    <message>
        <source>Troubleshoot</source>
        <translation>尋找原因</translation>
    </message>
    <message>
        <source>Details of {name}</source>
        <translation>{name} 的詳情</translation>
    </message>
</context>
<context>
    <name>Runners</name>
    <message>
        <source>Checking…</source>
        <translation>正在檢查…</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>執行中</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>有問題</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>已安裝</translation>
    </message>
    <message>
        <source>Not installed</source>
        <translation>未安裝</translation>
    </message>
    <message>
        <source>Not needed: the built-in engine runs models without it.</source>
        <translation>不是必需的：內建引擎無需它即可執行模型。</translation>
    </message>
    <message>
        <source>What runs them</source>
        <translation>執行程式</translation>
    </message>
    <message>
        <source>Servers elsewhere and keys are under Providers.</source>
        <translation>其他地方的伺服器和金鑰在「供應商」中。</translation>
    </message>
</context>
<context>
    <name>SaveBar</name>
    <message>
        <source>Discard</source>
        <translation>放棄更改</translation>
    </message>
</context>
<context>
    <name>ScopeCard</name>
    <message>
        <source>How should it answer?</source>
        <translation>它應如何回答？</translation>
    </message>
    <message>
        <source>All chats</source>
        <translation>所有對話</translation>
    </message>
    <message>
        <source>Folder · {name}</source>
        <translation>資料夾 · {name}</translation>
    </message>
    <message>
        <source>Model · {name}</source>
        <translation>模型 · {name}</translation>
    </message>
    <message>
        <source>Preset · {name}</source>
        <translation>預設集 · {name}</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>預設集</translation>
    </message>
    <message>
        <source>This chat</source>
        <translation>此對話</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>顯示全部</translation>
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
        <translation>編輯</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
</context>
<context>
    <name>SearchBar</name>
    <message>
        <source>Name such as qwen3:14b, a model page address, or a terminal command</source>
        <translation>名稱（如 qwen3:14b）、模型頁面位址或終端機命令</translation>
    </message>
    <message>
        <source>Ollama&apos;s library cannot be searched. {host} is asked for the model with this name.</source>
        <translation>Ollama 的模型庫不支援搜尋，會向 {host} 查詢這個名稱的模型。</translation>
    </message>
    <message>
        <source>Search {host}, such as “coder 7b”</source>
        <translation>搜尋 {host}，例如「coder 7b」</translation>
    </message>
    <message>
        <source>What you type here goes to {host}, and nowhere else.</source>
        <translation>你在這裡輸入的內容只會傳送給 {host}。</translation>
    </message>
    <message>
        <source>Model source to search</source>
        <translation>要搜尋的模型來源</translation>
    </message>
</context>
<context>
    <name>SearchField</name>
    <message>
        <source>Clear search</source>
        <translation>清除搜尋</translation>
    </message>
</context>
<context>
    <name>SectionButtons</name>
    <message>
        <source>Move “{section}” up</source>
        <translation>上移「{section}」</translation>
    </message>
    <message>
        <source>Move “{section}” down</source>
        <translation>下移「{section}」</translation>
    </message>
    <message>
        <source>Remove “{section}”</source>
        <translation>移除「{section}」</translation>
    </message>
</context>
<context>
    <name>SectionChooser</name>
    <message>
        <source>Enter numbers from 1 to {count}, such as 1-4, 7.</source>
        <translation>請輸入 1 到 {count} 之間的數字，例如 1-4, 7。</translation>
    </message>
    <message>
        <source>Pages to send</source>
        <translation>隨問題傳送的頁</translation>
    </message>
    <message>
        <source>Sheets to send</source>
        <translation>隨問題傳送的工作表</translation>
    </message>
    <message>
        <source>Slides to send</source>
        <translation>隨問題傳送的投影片</translation>
    </message>
    <message>
        <source>Chapters to send</source>
        <translation>隨問題傳送的章節</translation>
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
        <translation>一同傳送的檔案</translation>
    </message>
</context>
<context>
    <name>SectionList</name>
    <message>
        <source>Search settings</source>
        <translation>搜尋設定</translation>
    </message>
    <message>
        <source>Back to chats</source>
        <translation>返回對話</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>對話</translation>
    </message>
    <message>
        <source>Model defaults</source>
        <translation>模型預設值</translation>
    </message>
    <message>
        <source>default model, system prompt, custom instructions, instructions for all chats</source>
        <translation>預設模型, 系統提示詞, 自訂指令, 所有對話的指令</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>內建引擎</translation>
    </message>
    <message>
        <source>Keyboard</source>
        <translation>鍵盤</translation>
    </message>
    <message>
        <source>About</source>
        <translation>關於</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>供應商</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外觀</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>資料</translation>
    </message>
    <message>
        <source>backup, back up, restore, WebDAV, passphrase, encrypt, storage, disk space, data folder, location of the chats, move data, diagnostics, bug report</source>
        <translation>備份，還原，WebDAV，密碼詞組，加密，儲存，磁碟空間，資料資料夾，對話位置，行動數據，診斷，錯誤報告</translation>
    </message>
    <message>
        <source>messages, answers, reasoning, code</source>
        <translation>訊息，回答，推理，程式碼</translation>
    </message>
    <message>
        <source>llama.cpp, GGUF, local model, model files, log, unload</source>
        <translation>本機模型，模型檔案，記錄檔，卸載</translation>
    </message>
    <message>
        <source>version, licence, help, about Chatdesk, log, report a problem</source>
        <translation>版本，授權條款，幫助，關於 Chatdesk，記錄檔，回報問題</translation>
    </message>
    <message>
        <source>servers, API key, endpoint, base URL, address, connect, add a provider, OpenAI, DeepSeek, Ollama, proxy of a server</source>
        <translation>伺服器，API 金鑰，API 位址，位址，連線，新增供應商，伺服器的代理</translation>
    </message>
    <message>
        <source>network, language</source>
        <translation>網路，語言</translation>
    </message>
    <message>
        <source>look, design, colours, fonts, display</source>
        <translation>介面，顏色，字型，顯示</translation>
    </message>
    <message>
        <source>keyboard shortcuts, hotkeys, key bindings, change shortcuts</source>
        <translation>快速鍵, 熱鍵, 鍵盤快速鍵, 更改快速鍵, 自訂快速鍵</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型來源</translation>
    </message>
    <message>
        <source>Hugging Face, ModelScope, mirror, token, download models, hub</source>
        <translation>Hugging Face, ModelScope, 魔搭, 鏡像, 權杖, 下載模型, 模型庫</translation>
    </message>
</context>
<context>
    <name>SectionMenu</name>
    <message>
        <source>Custom section</source>
        <translation>自訂部分</translation>
    </message>
</context>
<context>
    <name>SectionRow</name>
    <message>
        <source>Heading</source>
        <translation>標題</translation>
    </message>
    <message>
        <source>Unnamed</source>
        <translation>未命名</translation>
    </message>
    <message>
        <source>Custom section</source>
        <translation>自訂部分</translation>
    </message>
    <message>
        <source>Role name</source>
        <translation>角色名稱</translation>
    </message>
    <message>
        <source>Role name, such as Travel planner</source>
        <translation>角色名稱，例如「旅行規劃師」</translation>
    </message>
</context>
<context>
    <name>SectionUndo</name>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
</context>
<context>
    <name>SentStrip</name>
    <message>
        <source>Will be sent:</source>
        <translation>隨問題傳送：</translation>
    </message>
    <message>
        <source>Sent:</source>
        <translation>已隨問題傳送：</translation>
    </message>
    <message>
        <source>{pages} as pictures</source>
        <translation>{pages}，以影像傳送</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>更改…</translation>
    </message>
    <message>
        <source>Ask again with other parts…</source>
        <translation>換其他部分重新提問…</translation>
    </message>
    <message>
        <source>Ask again…</source>
        <translation>重新提問…</translation>
    </message>
    <message numerus="yes">
        <source>{passages}, on %n page(s)</source>
        <translation>
            <numerusform>{passages}，分佈在 %n 頁</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ServerActions</name>
    <message>
        <source>Copy…</source>
        <translation>複製…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Delete ({size})</source>
        <translation>刪除（{size}）</translation>
    </message>
    <message>
        <source>Keep loaded for…</source>
        <translation>保持載入…</translation>
    </message>
    <message>
        <source>Load and keep loaded for…</source>
        <translation>載入並保持…</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>卸載</translation>
    </message>
    <message>
        <source>Create variant…</source>
        <translation>建立變體…</translation>
    </message>
    <message>
        <source>Download model…</source>
        <translation>取得模型…</translation>
    </message>
    <message>
        <source>Create model from GGUF file…</source>
        <translation>用 GGUF 檔案建立模型…</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>刪除…</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source>Name</source>
        <translation>名稱</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>位址</translation>
    </message>
    <message>
        <source>Choose a provider</source>
        <translation>選擇供應商</translation>
    </message>
    <message>
        <source>Enter its address</source>
        <translation>輸入位址</translation>
    </message>
    <message>
        <source>Create an API key</source>
        <translation>建立 API 金鑰</translation>
    </message>
    <message>
        <source>Paste the API key</source>
        <translation>貼上 API 金鑰</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>測試連線</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>開始使用</translation>
    </message>
    <message>
        <source>Edit connection</source>
        <translation>編輯連線</translation>
    </message>
    <message>
        <source>Add another</source>
        <translation>再新增一個</translation>
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
        <translation>位址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>狀態</translation>
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
        <translation>它沒有列出任何模型。</translation>
    </message>
</context>
<context>
    <name>ServerSheet</name>
    <message>
        <source>Connecting…</source>
        <translation>正在連線…</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>連線</translation>
    </message>
    <message>
        <source>Back up to a WebDAV server</source>
        <translation>備份到 WebDAV 伺服器</translation>
    </message>
    <message>
        <source>The folder for backups, as the server names it for WebDAV.</source>
        <translation>存放備份的資料夾，即伺服器的 WebDAV 位址。</translation>
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
        <translation>顯示</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Check the address and your connection.</source>
        <translation>請檢查位址和網路連線。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>檢視</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就緒</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已連線</translation>
    </message>
    <message>
        <source>Not running</source>
        <translation>未執行</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>無法連線</translation>
    </message>
    <message>
        <source>Not working</source>
        <translation>不可用</translation>
    </message>
    <message>
        <source>Built-in engine</source>
        <translation>內建引擎</translation>
    </message>
    <message>
        <source>starts when a chat needs it</source>
        <translation>對話需要時啟動</translation>
    </message>
    <message>
        <source>needs the network</source>
        <translation>需要連網</translation>
    </message>
    <message>
        <source>version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>1 model</source>
        <translation>1 個模型</translation>
    </message>
    <message>
        <source>{count} models</source>
        <translation>{count} 個模型</translation>
    </message>
    <message>
        <source>{time} ms</source>
        <translation>{time} 毫秒</translation>
    </message>
    <message>
        <source>{size} on disk</source>
        <translation>佔用磁碟 {size}</translation>
    </message>
    <message>
        <source>Name and password</source>
        <translation>使用者名稱和密碼</translation>
    </message>
    <message>
        <source>Use an https address, or allow sending the key above.</source>
        <translation>請改用 https 位址，或在上方允許傳送。</translation>
    </message>
    <message>
        <source>API key required</source>
        <translation>需要金鑰</translation>
    </message>
    <message>
        <source>Start the server, or check the address.</source>
        <translation>請啟動它，或檢查位址。</translation>
    </message>
    <message>
        <source>OpenAI-compatible</source>
        <translation>相容 OpenAI</translation>
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
        <translation>正在連線…</translation>
    </message>
    <message>
        <source>API key rejected</source>
        <translation>金鑰無效</translation>
    </message>
    <message>
        <source>Loading model</source>
        <translation>正在載入模型</translation>
    </message>
    <message>
        <source>API key not sent</source>
        <translation>金鑰未傳送</translation>
    </message>
    <message>
        <source>Replace API key</source>
        <translation>更換金鑰</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>金鑰</translation>
    </message>
    <message>
        <source>App API key</source>
        <translation>應用金鑰</translation>
    </message>
    <message>
        <source>The chat URL of the workflow&apos;s Chat Trigger. Make it publicly available, and turn on the workflow.</source>
        <translation>工作流中 Chat Trigger 的 Chat URL。請將其設為公開，並啟用工作流。</translation>
    </message>
    <message>
        <source>If it is a chat server, choose its type under More.</source>
        <translation>如果它是聊天伺服器，請在「更多」中選擇其類型。</translation>
    </message>
    <message>
        <source>On this network</source>
        <translation>本機和區域網路</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Vendors</source>
        <translation>供應商</translation>
    </message>
    <message>
        <source>{server} requires an API key.</source>
        <translation>{server} 需要 API 金鑰。</translation>
    </message>
    <message>
        <source>Paste it above.</source>
        <translation>請在上方貼上。</translation>
    </message>
</context>
<context>
    <name>SetUpForm</name>
    <message numerus="yes">
        <source>Use at least %n character(s).</source>
        <translation>
            <numerusform>請至少使用 %n 個字元。</numerusform>
        </translation>
    </message>
    <message>
        <source>The passphrases do not match.</source>
        <translation>兩次輸入不一致。</translation>
    </message>
    <message>
        <source>Folder that all computers can see</source>
        <translation>所有電腦都能存取的資料夾</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>加密</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>密碼詞組</translation>
    </message>
    <message>
        <source>The passphrase that was chosen on the first computer.</source>
        <translation>在第一台電腦上設定的密碼詞組。</translation>
    </message>
    <message>
        <source>It cannot be recovered. You need it on every other computer.</source>
        <translation>密碼詞組無法找回。其他每台電腦都需要它。</translation>
    </message>
    <message>
        <source>This folder is encrypted.</source>
        <translation>此資料夾已加密。</translation>
    </message>
    <message>
        <source>Whoever hosts the folder sees only when something changes, and how much.</source>
        <translation>託管資料夾的一方只能看到何時有更改以及更改的大小。</translation>
    </message>
    <message>
        <source>Without it, whoever hosts the folder can read your chats.</source>
        <translation>如不加密，託管資料夾的一方可以讀取你的對話。</translation>
    </message>
    <message>
        <source>Chatdesk writes its changes into a folder that all your computers can reach, and reads those of the others there. Syncthing, iCloud, OneDrive, Nutstore or a network drive keep the folder the same, or it is on a WebDAV server. Keys and settings are not shared.</source>
        <translation>Chatdesk 將更改寫入所有電腦都能存取的資料夾，並從中讀取其他電腦的更改。Syncthing、iCloud、OneDrive、堅果雲或網路驅動器會讓各台電腦上的資料夾保持一致；資料夾也可以位於 WebDAV 伺服器上。金鑰和設定不會共享。</translation>
    </message>
    <message>
        <source>Shared folder</source>
        <translation>共享資料夾</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>在這台電腦上</translation>
    </message>
    <message>
        <source>WebDAV server</source>
        <translation>WebDAV 伺服器</translation>
    </message>
    <message>
        <source>A folder “Chatdesk Sync” is created in it.</source>
        <translation>將在其中建立資料夾「Chatdesk Sync」。</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>資料夾</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選擇…</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>這台電腦</translation>
    </message>
    <message>
        <source>How the other computers list it.</source>
        <translation>其他電腦清單中顯示的名稱。</translation>
    </message>
    <message>
        <source>Repeat passphrase</source>
        <translation>再次輸入密碼詞組</translation>
    </message>
    <message>
        <source>If the system keyring is locked or missing, you also need it after each start of Chatdesk.</source>
        <translation>系統金鑰環不可用或已鎖定時，每次啟動 Chatdesk 後也需要輸入它。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Theme</source>
        <translation>主題</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>跟隨系統</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>淺色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>縮放</translation>
    </message>
    <message>
        <source>Always</source>
        <translation>始終</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>從不</translation>
    </message>
    <message>
        <source>Wrap long lines of code</source>
        <translation>程式碼自動換行</translation>
    </message>
    <message>
        <source>Open previews when an answer is complete</source>
        <translation>回答完成後自動開啟預覽</translation>
    </message>
    <message>
        <source>Use the system proxy</source>
        <translation>使用系統代理</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文長度</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>執行緒數</translation>
    </message>
    <message>
        <source>Send with</source>
        <translation>傳送鍵</translation>
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
        <translation>思考過程</translation>
    </message>
    <message>
        <source>Follow the system, or always use the light or dark theme.</source>
        <translation>跟隨系統，或固定使用一種。</translation>
    </message>
    <message>
        <source>Takes effect immediately.</source>
        <translation>立即生效，無需重新啟動。</translation>
    </message>
    <message>
        <source>The other one inserts a line break.</source>
        <translation>另一個用於換行。</translation>
    </message>
    <message>
        <source>While reasoning</source>
        <translation>推理時</translation>
    </message>
    <message>
        <source>system prompt, custom instructions, personalisation, memory</source>
        <translation>系統提示詞, 自訂指令, 個人化, 記憶</translation>
    </message>
    <message>
        <source>You can change this for each code block.</source>
        <translation>每個程式碼區塊也可單獨設定。</translation>
    </message>
    <message>
        <source>Show line numbers in code</source>
        <translation>顯示程式碼行號</translation>
    </message>
    <message>
        <source>Line numbers are never copied.</source>
        <translation>複製時不含行號。</translation>
    </message>
    <message>
        <source>Notify when a long answer is ready</source>
        <translation>較長的回答完成時傳送通知</translation>
    </message>
    <message>
        <source>If another program is in front. The notification shows the title of the chat and nothing else.</source>
        <translation>僅在其他程式處於前景時傳送。通知只顯示對話標題，不顯示任何內容。</translation>
    </message>
    <message>
        <source>notification, desktop notification, alert, answer finished, done</source>
        <translation>通知, 桌面通知, 提醒, 回答完成</translation>
    </message>
    <message>
        <source>Read answers aloud</source>
        <translation>朗讀回答</translation>
    </message>
    <message>
        <source>A screen reader reads each sentence once it is complete.</source>
        <translation>使用螢幕閱讀器時，每寫完一句就讀出一句。</translation>
    </message>
    <message>
        <source>Pages and drawings run in a sandbox next to the chat without a click.</source>
        <translation>網頁和圖形無需點選即可在對話旁的沙箱中執行。</translation>
    </message>
    <message>
        <source>Request fixes immediately</source>
        <translation>直接請求修復</translation>
    </message>
    <message>
        <source>Sends the errors of a page without showing you the message first.</source>
        <translation>傳送頁面的錯誤，不先顯示訊息。</translation>
    </message>
    <message>
        <source>Check for updates</source>
        <translation>檢查新版本</translation>
    </message>
    <message>
        <source>Once a day, with one request that contains no information about you or this computer. Nothing is downloaded.</source>
        <translation>每天一次，只發一個請求，不透露關於你和這台電腦的任何資訊，也從不下載任何東西。</translation>
    </message>
    <message>
        <source>Context window in tokens: how much of a chat the model can read at once. A larger one uses more memory.</source>
        <translation>模型一次能讀多少對話內容，以 token 計。越長佔用記憶體越多。</translation>
    </message>
    <message>
        <source>CPU cores to use. Automatic leaves one free for other programs.</source>
        <translation>參與運算的處理器核心數。「自動」會給其他程式留一個。</translation>
    </message>
    <message>
        <source>GPU layers</source>
        <translation>放到顯示卡上的層數</translation>
    </message>
    <message>
        <source>Fewer layers use less graphics memory. The CPU runs the rest.</source>
        <translation>層數越少佔用視訊記憶體越少，其餘的由處理器運算。</translation>
    </message>
    <message>
        <source>Unload when idle</source>
        <translation>空閒時釋放</translation>
    </message>
    <message>
        <source>Unloads the model after this time without a question. The next question waits until the model is reloaded.</source>
        <translation>多久沒有提問後釋放。下一次提問需要等模型重新載入。</translation>
    </message>
    <message>
        <source>Use models from other programs</source>
        <translation>使用其他程式的模型</translation>
    </message>
    <message>
        <source>Uses models that Ollama, LM Studio, llama.cpp and Hugging Face have downloaded to this computer. Nothing is copied or changed.</source>
        <translation>Ollama、LM Studio、llama.cpp 和 Hugging Face 儲存在這台電腦上的模型。不會複製或修改任何檔案。</translation>
    </message>
    <message>
        <source>Default model</source>
        <translation>預設模型</translation>
    </message>
    <message>
        <source>Answers in new chats, unless their folder has another one.</source>
        <translation>在新對話中回答，除非其資料夾指定了其他模型。</translation>
    </message>
    <message>
        <source>preferred model, standard model, model of new chats</source>
        <translation>首選模型, 標準模型, 新對話的模型</translation>
    </message>
    <message>
        <source>When reasoning is shown above the answer.</source>
        <translation>何時在回答上方展開模型的思考過程。</translation>
    </message>
    <message>
        <source>For servers on the network. Servers on this computer are always contacted directly.</source>
        <translation>用於網路上的伺服器。本機上的伺服器始終直接連線。</translation>
    </message>
    <message>
        <source>Instructions for all chats</source>
        <translation>所有對話的指令</translation>
    </message>
    <message>
        <source>Sent to the model before every conversation, before all other instructions.</source>
        <translation>在每個對話開始前傳送給模型，位於其他所有指令之前。</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高對比度</translation>
    </message>
    <message>
        <source>Stronger lines on a black or white background.</source>
        <translation>在純黑或純白背景上使用更明顯的線條。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>On</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Text font</source>
        <translation>文字字型</translation>
    </message>
    <message>
        <source>For questions and answers.</source>
        <translation>用於提問和回答。</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Code font</source>
        <translation>程式碼字型</translation>
    </message>
    <message>
        <source>For code blocks and code in the text.</source>
        <translation>用於程式碼區塊和文中的程式碼。</translation>
    </message>
    <message>
        <source>Code size</source>
        <translation>程式碼大小</translation>
    </message>
    <message>
        <source>Reading width</source>
        <translation>閱讀寬度</translation>
    </message>
    <message>
        <source>Maximum width of questions and answers.</source>
        <translation>提問和回答的最大寬度。</translation>
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
        <translation>寬</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>全寬</translation>
    </message>
    <message>
        <source>Chat titles</source>
        <translation>對話標題</translation>
    </message>
    <message>
        <source>From the model</source>
        <translation>由模型擬定</translation>
    </message>
    <message>
        <source>First words</source>
        <translation>取首句</translation>
    </message>
    <message>
        <source>Titles from online providers</source>
        <translation>使用線上服務擬定標題</translation>
    </message>
    <message>
        <source>They may charge for each title. Models on your own computers write titles without asking.</source>
        <translation>線上服務可能對每個標題計費。使用自己電腦上的模型時不會詢問。</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>先詢問</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允許</translation>
    </message>
    <message>
        <source>locale, English, Chinese, translation of the program</source>
        <translation>介面語言，英文，中文</translation>
    </message>
    <message>
        <source>Enter, Return, line break, newline, submit</source>
        <translation>Enter，換行，提交</translation>
    </message>
    <message>
        <source>thinking, thoughts, chain of thought, unfold</source>
        <translation>思考，思維鏈，展開</translation>
    </message>
    <message>
        <source>export thinking, save thoughts</source>
        <translation>匯出思考，儲存思考</translation>
    </message>
    <message>
        <source>line break, word wrap, code block</source>
        <translation>換行，自動換行，程式碼區塊</translation>
    </message>
    <message>
        <source>numbering, code block</source>
        <translation>行號，程式碼區塊</translation>
    </message>
    <message>
        <source>screen reader, accessibility, speech, voice, text to speech</source>
        <translation>螢幕閱讀器，無障礙，語音，朗讀</translation>
    </message>
    <message>
        <source>HTML, run code, artifacts, canvas, automatic preview</source>
        <translation>執行程式碼，畫布，自動預覽</translation>
    </message>
    <message>
        <source>debug, repair, automatic fixes, errors of a page</source>
        <translation>除錯，修復，自動修復，頁面錯誤</translation>
    </message>
    <message>
        <source>new version, upgrade, automatic updates</source>
        <translation>新版本，升級，自動更新</translation>
    </message>
    <message>
        <source>num_ctx, context window, context length, memory of a chat</source>
        <translation>上下文視窗，上下文長度</translation>
    </message>
    <message>
        <source>CPU, cores, processor</source>
        <translation>處理器，核心</translation>
    </message>
    <message>
        <source>graphics card, offload, n_gpu_layers, CUDA, Metal, Vulkan, VRAM</source>
        <translation>顯示卡，視訊記憶體，卸載到顯示卡</translation>
    </message>
    <message>
        <source>keep_alive, keep loaded, free memory, RAM, timeout</source>
        <translation>保持載入，釋放記憶體，記憶體，逾時</translation>
    </message>
    <message>
        <source>scan, Hugging Face, LM Studio, GGUF files</source>
        <translation>掃描，尋找模型檔案</translation>
    </message>
    <message>
        <source>dark mode, light mode, night mode, colours, appearance</source>
        <translation>深色模式，淺色模式，夜間模式，顏色，外觀</translation>
    </message>
    <message>
        <source>accessibility, visibility, black and white</source>
        <translation>無障礙，清晰，黑白</translation>
    </message>
    <message>
        <source>typeface, font family, typography</source>
        <translation>字型</translation>
    </message>
    <message>
        <source>font size, letter size</source>
        <translation>字型大小，字型大小</translation>
    </message>
    <message>
        <source>monospaced font, typeface, programming font</source>
        <translation>等寬字型，程式設計字型</translation>
    </message>
    <message>
        <source>font size of code</source>
        <translation>程式碼字型大小</translation>
    </message>
    <message>
        <source>line length, column width, wide chat, full width</source>
        <translation>行寬，欄寬，寬螢幕，全寬</translation>
    </message>
    <message>
        <source>scale, magnify, larger, smaller</source>
        <translation>縮放，放大，縮小</translation>
    </message>
    <message>
        <source>proxy, proxy server, VPN, network, firewall, SOCKS, HTTP proxy</source>
        <translation>代理，代理伺服器，網路，防火牆</translation>
    </message>
    <message>
        <source>paid titles, costs, titles of cloud models</source>
        <translation>付費標題，費用，線上模型的標題</translation>
    </message>
    <message>
        <source>automatic titles, chat names, rename chats</source>
        <translation>自動標題，對話名稱，自動命名</translation>
    </message>
    <message>
        <source>Draw diagrams automatically</source>
        <translation>自動繪製圖表</translation>
    </message>
    <message>
        <source>Mermaid and Graphviz. The first one starts the preview engine, which needs about 300 MB of memory. Otherwise you draw a diagram with its button.</source>
        <translation>適用於 Mermaid 和 Graphviz。繪製第一張圖時會啟動預覽引擎，約佔用 300 MB 記憶體。關閉時，可用圖表上的按鈕逐個繪製。</translation>
    </message>
    <message>
        <source>mermaid, graphviz, flowchart, chart, picture</source>
        <translation>mermaid, graphviz, 流程圖, 圖表, 圖片</translation>
    </message>
    <message>
        <source>The model writes a title after the first answer, with one short request. Titles that you change are kept.</source>
        <translation>首次回答後由模型擬定標題，需要一次簡短請求。你修改過的標題會保留。</translation>
    </message>
    <message>
        <source>Address of Hugging Face</source>
        <translation>Hugging Face 位址</translation>
    </message>
    <message>
        <source>A mirror such as https://hf-mirror.com helps where Hugging Face is blocked. It never receives your token, and the SHA-256 of every file is verified.</source>
        <translation>無法存取 Hugging Face 時，可使用 https://hf-mirror.com 等鏡像。鏡像不會收到你的權杖，每個檔案都會驗證 SHA-256。</translation>
    </message>
    <message>
        <source>mirror, hf-mirror, HF_ENDPOINT, huggingface.co, endpoint</source>
        <translation>鏡像, 鏡像站, hf-mirror, HF_ENDPOINT, huggingface.co, 端點</translation>
    </message>
    <message>
        <source>ModelScope site</source>
        <translation>ModelScope（魔搭）站點</translation>
    </message>
    <message>
        <source>modelscope.cn is fast in China, modelscope.ai elsewhere. Neither needs an account.</source>
        <translation>modelscope.cn 在中國速度快，modelscope.ai 適合其他地區。兩者都不需要帳號。</translation>
    </message>
    <message>
        <source>modelscope.cn, modelscope.ai, Alibaba, China</source>
        <translation>modelscope.cn, modelscope.ai, 魔搭, 阿里, 中國</translation>
    </message>
    <message>
        <source>Download from</source>
        <translation>首選來源</translation>
    </message>
    <message>
        <source>If it does not have exactly the same file, or does not answer, another source is used. Automatic is ModelScope if Chatdesk is in Chinese, otherwise Hugging Face.</source>
        <translation>如果它沒有完全相同的檔案或沒有回應，則使用其他來源。「自動」在中文介面下為 ModelScope，否則為 Hugging Face。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自動</translation>
    </message>
    <message>
        <source>preferred source, download server, China, Hugging Face, ModelScope</source>
        <translation>首選來源, 下載伺服器, 中國, 魔搭, Hugging Face, ModelScope</translation>
    </message>
    <message>
        <source>Size of text and controls.</source>
        <translation>文字和控制項的大小。</translation>
    </message>
    <message>
        <source>Read chats ahead</source>
        <translation>提前讀取對話</translation>
    </message>
    <message>
        <source>The loaded model reads a chat when you open it, so that the next answer begins sooner. Nothing leaves this computer.</source>
        <translation>開啟對話時，已載入的模型會先讀取它，下一則回答會更快開始。內容不會離開本機。</translation>
    </message>
    <message>
        <source>Not on battery</source>
        <translation>使用電池時除外</translation>
    </message>
    <message>
        <source>prewarm, prompt cache, prefill, faster first token, battery, power saving</source>
        <translation>預熱, 提示快取, 預填充, 首字更快, 電池, 省電</translation>
    </message>
    <message>
        <source>Move deleted models to the trash</source>
        <translation>將刪除的模型移到資源回收筒</translation>
    </message>
    <message>
        <source>Applies to models that Chatdesk downloaded. Their space is free once you empty the trash.</source>
        <translation>適用於 Chatdesk 下載的模型。清空資源回收筒後才會釋放空間。</translation>
    </message>
    <message>
        <source>recycle bin, delete models, disk space</source>
        <translation>資源回收筒, 廢紙簍, 刪除模型, 磁碟空間</translation>
    </message>
    <message>
        <source>Attach long pasted text</source>
        <translation>將貼上的長文字作為附件</translation>
    </message>
    <message>
        <source>Text of more than 2,000 characters or 40 lines becomes an attachment when you paste it.</source>
        <translation>貼上的文字超過 2,000 個字元或 40 行時，自動成為附件。</translation>
    </message>
    <message>
        <source>paste as file, clipboard, long paste</source>
        <translation>貼上為檔案，剪貼簿，長文字</translation>
    </message>
    <message>
        <source>Find passages by</source>
        <translation>尋找段落的方式</translation>
    </message>
    <message>
        <source>documents, embedding, vectors, semantic search, RAG, retrieval</source>
        <translation>文件, 嵌入, 向量, 語義搜尋, RAG, 檢索, 知識庫</translation>
    </message>
    <message>
        <source>For documents that are too long to be sent whole. A model for embeddings on this computer also finds passages that use other words than the question.</source>
        <translation>用於太長而無法整篇傳送的文件。本機上的嵌入模型還能找到與問題用詞不同的段落。</translation>
    </message>
    <message>
        <source>Include reasoning in copies</source>
        <translation>複製時包含推理過程</translation>
    </message>
    <message>
        <source>Applies when you copy a whole chat. For files, choose it when you export.</source>
        <translation>適用於複製整個對話。匯出檔案時可另行選擇。</translation>
    </message>
</context>
<context>
    <name>SettingsResults</name>
    <message>
        <source>No results</source>
        <translation>無結果</translation>
    </message>
</context>
<context>
    <name>SeveralView</name>
    <message numerus="yes">
        <source>%n presets</source>
        <translation>
            <numerusform>%n 個預設集</numerusform>
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
        <translation>製作副本</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>匯出…</translation>
    </message>
    <message numerus="yes">
        <source>Delete %n of my presets</source>
        <translation>
            <numerusform>刪除自己的 %n 個</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Sheet</name>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
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
        <translation>至少要傳送一個工作表。若全部不傳送，請從訊息中移除該檔案。</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>空</translation>
    </message>
    <message>
        <source>{size}, hidden</source>
        <translation>{size}，隱藏</translation>
    </message>
    <message numerus="yes">
        <source>%n formula(s) without a result: the formula is sent.</source>
        <translation>
            <numerusform>%n 個公式沒有結果：傳送公式本身。</numerusform>
        </translation>
    </message>
    <message>
        <source>Cells of {sheet}</source>
        <translation>{sheet} 的儲存格</translation>
    </message>
    <message>
        <source>Write cells such as A1:C20, B:D or 5:20.</source>
        <translation>請填寫儲存格範圍，例如 A1:C20、B:D 或 5:20。</translation>
    </message>
    <message>
        <source>Sheets to send</source>
        <translation>一同傳送的工作表</translation>
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
        <translation>檢視</translation>
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
        <translation>生成的內容，不能存取網路</translation>
    </message>
    <message numerus="yes">
        <source>%n network request(s) blocked</source>
        <translation>
            <numerusform>已攔截 %n 個網路請求</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n blocked</source>
        <translation>
            <numerusform>已攔截 %n 個</numerusform>
        </translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳情</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>Search chats</source>
        <translation>搜尋對話</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>選擇模型</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>輸入訊息</translation>
    </message>
    <message>
        <source>edit message, correct, change question, change the prompt, rewrite</source>
        <translation>編輯訊息, 修改問題, 更正, 改寫</translation>
    </message>
    <message>
        <source>Next question</source>
        <translation>下一個問題</translation>
    </message>
    <message>
        <source>Next chat</source>
        <translation>下一個對話</translation>
    </message>
    <message>
        <source>Previous chat</source>
        <translation>上一個對話</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>縮小文字</translation>
    </message>
    <message>
        <source>Normal text size</source>
        <translation>還原文字大小</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>快速鍵清單</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>結束</translation>
    </message>
    <message>
        <source>Ask a quick question</source>
        <translation>快速提問</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>最近刪除</translation>
    </message>
    <message>
        <source>Rename chat</source>
        <translation>重新命名對話</translation>
    </message>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>顯示或隱藏側邊欄</translation>
    </message>
    <message>
        <source>Copy last answer</source>
        <translation>複製最後一則回答</translation>
    </message>
    <message>
        <source>Copy last code block</source>
        <translation>複製最後一個程式碼區塊</translation>
    </message>
    <message>
        <source>Regenerate last answer</source>
        <translation>重新生成最後一則回答</translation>
    </message>
    <message>
        <source>Find in chat</source>
        <translation>在對話中尋找</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>尋找下一個</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>尋找上一個</translation>
    </message>
    <message>
        <source>Previous question</source>
        <translation>上一個問題</translation>
    </message>
    <message>
        <source>Show or hide outline</source>
        <translation>顯示或隱藏大綱</translation>
    </message>
    <message>
        <source>Restart preview</source>
        <translation>重新執行預覽</translation>
    </message>
    <message>
        <source>Full-screen preview</source>
        <translation>全螢幕預覽</translation>
    </message>
    <message>
        <source>Choose reasoning effort</source>
        <translation>選擇推理強度</translation>
    </message>
    <message>
        <source>Show or hide chat settings</source>
        <translation>顯示或隱藏對話設定</translation>
    </message>
    <message>
        <source>Undo in chat list</source>
        <translation>在對話清單中復原</translation>
    </message>
    <message>
        <source>Edit last question</source>
        <translation>編輯上一個問題</translation>
    </message>
    <message>
        <source>new conversation, start, clear, empty chat</source>
        <translation>新對話，新聊天，開始，清空</translation>
    </message>
    <message>
        <source>title, name of the chat, edit title</source>
        <translation>標題，對話名稱，修改標題</translation>
    </message>
    <message>
        <source>find, search history, search messages</source>
        <translation>尋找，搜尋歷史，搜尋訊息</translation>
    </message>
    <message>
        <source>trash, bin, recycle bin, deleted chats, restore, recover, undelete</source>
        <translation>資源回收筒，廢紙簍，垃圾桶，已刪除的對話，還原，還原</translation>
    </message>
    <message>
        <source>undo delete, undo move, revert, restore</source>
        <translation>復原刪除，復原移動，還原</translation>
    </message>
    <message>
        <source>all commands, actions, find anything</source>
        <translation>所有命令，操作，尋找一切</translation>
    </message>
    <message>
        <source>quick chat, small window, ask anything, launcher</source>
        <translation>快速對話，小視窗，隨便問</translation>
    </message>
    <message>
        <source>preferences, options, configuration</source>
        <translation>偏好設定，選項，設定</translation>
    </message>
    <message>
        <source>chat list, hide list, history, side panel</source>
        <translation>對話清單，隱藏清單，歷史，側邊欄</translation>
    </message>
    <message>
        <source>switch model, change model, LLM, model picker</source>
        <translation>切換模型，更換模型，大模型</translation>
    </message>
    <message>
        <source>thinking, think, deep think, reasoning effort</source>
        <translation>思考，深度思考，推理強度</translation>
    </message>
    <message>
        <source>composer, input, type, prompt box</source>
        <translation>輸入框，輸入，打字</translation>
    </message>
    <message>
        <source>copy message, copy as Markdown, clipboard</source>
        <translation>複製訊息，複製為 Markdown，剪貼簿</translation>
    </message>
    <message>
        <source>copy snippet, clipboard</source>
        <translation>複製程式碼片段，剪貼簿</translation>
    </message>
    <message>
        <source>retry, try again, answer again, ask again</source>
        <translation>重試，再試一次，重新回答，再問一次</translation>
    </message>
    <message>
        <source>search in chat, find text, look for</source>
        <translation>在對話中搜尋，尋找文字</translation>
    </message>
    <message>
        <source>find next, next hit</source>
        <translation>尋找下一個</translation>
    </message>
    <message>
        <source>find previous, previous hit</source>
        <translation>尋找上一個</translation>
    </message>
    <message>
        <source>jump down, next message</source>
        <translation>向下跳，下一則訊息</translation>
    </message>
    <message>
        <source>jump up, previous message</source>
        <translation>向上跳，上一則訊息</translation>
    </message>
    <message>
        <source>table of contents, headings, contents</source>
        <translation>目錄，標題，大綱</translation>
    </message>
    <message>
        <source>system prompt, instructions, temperature, creativity, parameters, max tokens, context size</source>
        <translation>系統提示詞，指令，溫度，創造性，參數，最大token數，上下文大小</translation>
    </message>
    <message>
        <source>Instructions sent to the model</source>
        <translation>模型收到的指令</translation>
    </message>
    <message>
        <source>system prompt, instructions, show the prompt, context</source>
        <translation>系統提示詞, 指令, 顯示提示詞, 上下文</translation>
    </message>
    <message>
        <source>reload page, refresh, run again</source>
        <translation>重新載入，重新整理，重新執行</translation>
    </message>
    <message>
        <source>maximise, enlarge preview</source>
        <translation>最大化，放大預覽</translation>
    </message>
    <message>
        <source>switch chat, chat below</source>
        <translation>切換對話，下方對話</translation>
    </message>
    <message>
        <source>switch chat, chat above</source>
        <translation>切換對話，上方對話</translation>
    </message>
    <message>
        <source>hotkeys, key bindings, help, keys</source>
        <translation>熱鍵，按鍵，幫助</translation>
    </message>
    <message>
        <source>exit, close, end</source>
        <translation>結束，關閉，結束</translation>
    </message>
    <message>
        <source>zoom in, bigger text</source>
        <translation>放大，更大字型大小</translation>
    </message>
    <message>
        <source>zoom out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>reset zoom, 100%</source>
        <translation>重設縮放，100 %</translation>
    </message>
    <message>
        <source>Delete chat</source>
        <translation>刪除對話</translation>
    </message>
    <message>
        <source>remove chat, move to trash</source>
        <translation>移除對話，移到資源回收筒</translation>
    </message>
    <message>
        <source>save chat, save whole chat, save as Word, download, print, PDF, HTML, Markdown, JSON, share, archive</source>
        <translation>儲存對話, 儲存整個對話, 另存為 Word, 下載, 列印, PDF, HTML, Markdown, JSON, 分享, 封存</translation>
    </message>
    <message>
        <source>Export chat</source>
        <translation>匯出對話</translation>
    </message>
</context>
<context>
    <name>SidePanel</name>
    <message>
        <source>Side panel</source>
        <translation>側邊面板</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>設定</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>大綱</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Chat settings</source>
        <translation>對話設定</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Search chats</source>
        <translation>搜尋對話</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>&quot;Quotes&quot; find a phrase, -word leaves a word out</source>
        <translation>用&quot;引號&quot;尋找詞組，用 -詞語 排除</translation>
    </message>
    <message>
        <source>Chats</source>
        <translation>對話清單</translation>
    </message>
    <message>
        <source>No chats found.</source>
        <translation>沒有找到對話。</translation>
    </message>
    <message>
        <source>Your chats appear here, newest first.</source>
        <translation>你的對話會顯示在這裡，最新的在最前。</translation>
    </message>
</context>
<context>
    <name>SidebarButton</name>
    <message>
        <source>Shown</source>
        <translation>正在顯示</translation>
    </message>
</context>
<context>
    <name>SidebarPresenter</name>
    <message>
        <source>Undo delete</source>
        <translation>復原刪除</translation>
    </message>
    <message>
        <source>Undo move</source>
        <translation>復原移動</translation>
    </message>
    <message>
        <source>Undo rename</source>
        <translation>復原重新命名</translation>
    </message>
</context>
<context>
    <name>SizeControl</name>
    <message>
        <source> px</source>
        <translation> 畫素</translation>
    </message>
</context>
<context>
    <name>SourcesSection</name>
    <message>
        <source>Not contacted yet</source>
        <translation>尚未存取</translation>
    </message>
    <message>
        <source>Last contacted {when}</source>
        <translation>上次存取：{when}</translation>
    </message>
    <message>
        <source>Ollama library</source>
        <translation>Ollama 模型庫</translation>
    </message>
    <message>
        <source>Model sources</source>
        <translation>模型來源</translation>
    </message>
    <message>
        <source>Where models are searched and downloaded. No source is contacted before you search or download.</source>
        <translation>模型從這些來源搜尋和下載。在你搜尋或下載之前，不會存取任何來源。</translation>
    </message>
</context>
<context>
    <name>SourcesSheet</name>
    <message>
        <source>Looking for files…</source>
        <translation>正在尋找檔案…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 個檔案</numerusform>
        </translation>
    </message>
    <message>
        <source>about {tokens} of the {room} tokens that the model reads</source>
        <translation>約 {tokens} 個 token，模型可讀取 {room} 個</translation>
    </message>
    <message>
        <source>Choose files of {name}</source>
        <translation>選擇 {name} 中的檔案</translation>
    </message>
    <message>
        <source>Search the files</source>
        <translation>搜尋檔案</translation>
    </message>
    <message>
        <source>There is nothing in it that can be read.</source>
        <translation>其中沒有可讀取的內容。</translation>
    </message>
    <message>
        <source>Only the first 20,000 files are listed.</source>
        <translation>僅列出前 20,000 個檔案。</translation>
    </message>
    <message>
        <source>Hidden files, and files that .gitignore names, are left out.</source>
        <translation>已略過隱藏檔案和 .gitignore 中列出的檔案。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>新增</translation>
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
        <translation>{count} 次的中位數</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>estimated: {speed}</source>
        <translation>預計：{speed}</translation>
    </message>
    <message>
        <source>measured by the server</source>
        <translation>以伺服器計時為準</translation>
    </message>
    <message>
        <source>measured by Chatdesk, including network time</source>
        <translation>以本機計時為準，含網路時間</translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>另一台機器</translation>
    </message>
    <message>
        <source>Loading the model, then sending one request…</source>
        <translation>正在載入模型並提問一次…</translation>
    </message>
    <message>
        <source>Running test {number} of {total}…</source>
        <translation>正在提問，第 {number} 次，共 {total} 次…</translation>
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
        <translation>重新測量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>測量</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>尚未測量。</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Reading the question</source>
        <translation>讀取問題</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>第一個 token</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>載入模型</translation>
    </message>
    <message>
        <source>A short text without personal information is sent four times.</source>
        <translation>會傳送四次一段與你無關的短文。</translation>
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
        <translation>重新測量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>測量</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Writing</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Reading the question</source>
        <translation>讀取問題</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>第一個 token</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>載入模型</translation>
    </message>
    <message>
        <source>before the first question</source>
        <translation>首次提問之前</translation>
    </message>
    <message>
        <source>A short text without personal information is sent four times. A local model is reloaded first to measure the loading time.</source>
        <translation>會把一段與你無關的短文傳送四次。本機模型會先重新載入，以測量載入所需的時間。</translation>
    </message>
    <message>
        <source>after the question, with the model loaded</source>
        <translation>提問之後，模型已在記憶體中</translation>
    </message>
</context>
<context>
    <name>StartCard</name>
    <message>
        <source>No model fits this computer</source>
        <translation>沒有適合本機的模型</translation>
    </message>
    <message>
        <source>Other choices</source>
        <translation>其他選擇</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Best for this computer</source>
        <translation>最適合本機</translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>新增金鑰…</translation>
    </message>
    <message>
        <source>Pause download</source>
        <translation>暫停下載</translation>
    </message>
    <message>
        <source>Cancel download</source>
        <translation>取消下載</translation>
    </message>
</context>
<context>
    <name>StartPage</name>
    <message>
        <source>What are you working on?</source>
        <translation>今天想做點什麼？</translation>
    </message>
</context>
<context>
    <name>StartPresenter</name>
    <message>
        <source>Here</source>
        <translation>本機網路</translation>
    </message>
    <message>
        <source>At 100 Mbit/s</source>
        <translation>以 100 Mbit/s 計</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下載</translation>
    </message>
    <message>
        <source>about {time}</source>
        <translation>約 {time}</translation>
    </message>
    <message>
        <source>Speed here</source>
        <translation>本機速度</translation>
    </message>
    <message>
        <source>Languages</source>
        <translation>語言</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>授權條款</translation>
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
        <translation>選擇資料夾…</translation>
    </message>
    <message>
        <source>From {host}, verified after the download</source>
        <translation>來自 {host}，下載後驗證</translation>
    </message>
    <message>
        <source>Needs {size} on the disk, which is too full.</source>
        <translation>需要 {size} 磁碟空間，磁碟已滿。</translation>
    </message>
    <message>
        <source>The smallest one needs {need} of memory, and {memory} can be used here. A provider&apos;s model runs elsewhere.</source>
        <translation>最小的模型需要 {need} 記憶體，而本機可用 {memory}。供應商的模型在別處執行。</translation>
    </message>
    <message>
        <source>Chosen for {memory} of memory</source>
        <translation>按 {memory} 記憶體選擇</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>選擇</translation>
    </message>
    <message>
        <source>Installed but not running</source>
        <translation>已安裝，未執行</translation>
    </message>
    <message>
        <source>Start it</source>
        <translation>啟動</translation>
    </message>
    <message>
        <source>Runs models of its own library</source>
        <translation>執行其自有模型庫中的模型</translation>
    </message>
    <message>
        <source>Get Ollama</source>
        <translation>取得 Ollama</translation>
    </message>
    <message>
        <source>Connected, without a model yet</source>
        <translation>已連線，尚無模型</translation>
    </message>
    <message>
        <source>A key</source>
        <translation>API 金鑰</translation>
    </message>
    <message>
        <source>For DeepSeek, OpenAI and others</source>
        <translation>用於 DeepSeek、OpenAI 等</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>新增…</translation>
    </message>
    <message>
        <source>A GGUF file</source>
        <translation>GGUF 檔案</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>本機</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>開啟…</translation>
    </message>
    <message>
        <source>More models</source>
        <translation>更多模型</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>顯示</translation>
    </message>
    <message>
        <source>Model sources…</source>
        <translation>模型來源…</translation>
    </message>
    <message>
        <source>no graphics card</source>
        <translation>無顯示卡</translation>
    </message>
</context>
<context>
    <name>StartProgress</name>
    <message>
        <source>Opening your chats</source>
        <translation>正在開啟你的對話</translation>
    </message>
    <message>
        <source>Updating your chats</source>
        <translation>正在更新你的對話</translation>
    </message>
    <message>
        <source>A backup is made first. This is needed only once after an update and can take a few minutes.</source>
        <translation>會先建立一份副本。更新後只需進行一次，可能需要幾分鐘。</translation>
    </message>
    <message>
        <source>Chatdesk did not close properly, so your chats are being checked. This can take a few minutes.</source>
        <translation>程式上次意外結束，正在檢查對話。可能需要幾分鐘。</translation>
    </message>
    <message>
        <source>Restoring your chats</source>
        <translation>正在還原對話</translation>
    </message>
    <message>
        <source>The current chats are kept in a file next to them.</source>
        <translation>目前對話會保留在旁邊的檔案中。</translation>
    </message>
    <message>
        <source>Moving your data</source>
        <translation>正在行動數據</translation>
    </message>
    <message>
        <source>Everything is copied and checked before the old folder is emptied.</source>
        <translation>一切都複製並檢查後，舊資料夾才會清空。</translation>
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
        <translation>對話中的文件</translation>
    </message>
    <message>
        <source>Each document is stored once, with the text that was read from it. It is removed when no chat uses it any more: delete the question with it, or the chat, and then empty Recently deleted.</source>
        <translation>每個文件只儲存一次，連同從中讀取的文字。不再有對話使用它時會被移除：刪除帶有它的問題或對話，然後清空「最近刪除」。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>開啟 {name}</translation>
    </message>
    <message numerus="yes">
        <source>%n smaller one(s)</source>
        <translation>
            <numerusform>還有 %n 個更小的文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>in Recently deleted</source>
        <translation>在「最近刪除」中</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message numerus="yes">
        <source>in {chat} and %n other chat(s)</source>
        <translation>
            <numerusform>{chat} 及另外 %n 個對話</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
</context>
<context>
    <name>StructuredEditor</name>
    <message>
        <source>“{section}” was removed</source>
        <translation>已移除「{section}」</translation>
    </message>
    <message>
        <source>Prompt in sections</source>
        <translation>分部分編輯提示詞</translation>
    </message>
    <message>
        <source>Prompt converted to sections</source>
        <translation>提示詞已整理成各部分</translation>
    </message>
    <message>
        <source>This prompt is too long to edit as sections. Edit it as text.</source>
        <translation>這條提示詞太長，不適合用表單編輯。請以文字方式編輯。</translation>
    </message>
    <message>
        <source>This prompt is plain text. Convert it to sections? No text is lost.</source>
        <translation>這是一段普通文字。要把句子歸入各部分嗎？一句也不會遺漏。</translation>
    </message>
    <message>
        <source>Convert to sections</source>
        <translation>整理成各部分</translation>
    </message>
    <message>
        <source>No sections yet. A good start is a role and a goal.</source>
        <translation>還沒有任何部分。可以先寫角色和目標。</translation>
    </message>
    <message>
        <source>Add section</source>
        <translation>新增部分</translation>
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
        <translation>顯示或隱藏側邊欄</translation>
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
        <translation>此預設集推薦使用 {model}。</translation>
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
        <translation>模型沒有提供其他詞語。</translation>
    </message>
    <message>
        <source>Nor “{words}”, as the model suggests.</source>
        <translation>模型建議的「{words}」也沒有匹配。</translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message>
        <source>Translation</source>
        <translation>翻譯</translation>
    </message>
    <message>
        <source>Translate and explain</source>
        <translation>翻譯並講解</translation>
    </message>
    <message>
        <source>Into your language, with notes</source>
        <translation>譯成中文，附說明</translation>
    </message>
    <message>
        <source>One HTML file, runs here</source>
        <translation>單一 HTML 檔案，可在此執行</translation>
    </message>
    <message>
        <source>Polish my English</source>
        <translation>潤色我的英文</translation>
    </message>
    <message>
        <source>Natural, same meaning</source>
        <translation>更道地，意思不變</translation>
    </message>
    <message>
        <source>Office</source>
        <translation>辦公</translation>
    </message>
    <message>
        <source>Answer an email</source>
        <translation>回覆郵件</translation>
    </message>
    <message>
        <source>Minutes from notes</source>
        <translation>整理會議記錄</translation>
    </message>
    <message>
        <source>Decisions, owners, dates</source>
        <translation>決定、負責人、日期</translation>
    </message>
    <message>
        <source>Coding</source>
        <translation>程式設計</translation>
    </message>
    <message>
        <source>Explain this code</source>
        <translation>講解這段程式碼</translation>
    </message>
    <message>
        <source>Step by step, with risks</source>
        <translation>逐步講解，指出風險</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>常用</translation>
    </message>
    <message>
        <source>Write a Snake game</source>
        <translation>寫一個貪吃蛇遊戲</translation>
    </message>
    <message>
        <source>Paste it and say what you want</source>
        <translation>貼上郵件，說說你的意思</translation>
    </message>
    <message>
        <source>To try it out</source>
        <translation>先試一試</translation>
    </message>
    <message>
        <source>Say hello</source>
        <translation>打個招呼</translation>
    </message>
    <message>
        <source>And ask who is there</source>
        <translation>問問對方是誰（英文）</translation>
    </message>
    <message>
        <source>Ask a simple question</source>
        <translation>問一個簡單的問題</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>法國的首都是哪裡？（英文）</translation>
    </message>
    <message>
        <source>Write a short poem</source>
        <translation>寫一首小詩</translation>
    </message>
    <message>
        <source>Four lines about rain</source>
        <translation>四行，關於雨（英文）</translation>
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
        <translation>對話開頭的摘要</translation>
    </message>
    <message>
        <source>This summary is sent instead of the messages it covers. They stay in the chat.</source>
        <translation>它代替所概括的訊息一起傳送；原訊息仍保留在對話中。</translation>
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
        <translation>與其他電腦同步</translation>
    </message>
    <message>
        <source>synchronise, synchronize, several devices, cloud, share history, Syncthing, iCloud, OneDrive, WebDAV</source>
        <translation>同步, 多台裝置, 多裝置, 雲, 網盤, 共享記錄, 堅果雲, tongbu, WebDAV</translation>
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
        <translation>暫無</translation>
    </message>
    <message>
        <source>Start Chatdesk on another computer, and choose the same folder there.</source>
        <translation>在另一台電腦上啟動 Chatdesk，並在那裡選擇同一個資料夾。</translation>
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
        <translation>正在啟動…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>正在同步…</translation>
    </message>
    <message>
        <source>Waiting for the folder</source>
        <translation>正在等待資料夾</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>正在等待伺服器</translation>
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
        <translation>與其他電腦同步</translation>
    </message>
    <message>
        <source>Other computers</source>
        <translation>其他電腦</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Sign in…</source>
        <translation>登入…</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登入</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登入…</translation>
    </message>
    <message>
        <source>Enter passphrase…</source>
        <translation>輸入密碼詞組…</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在檢查…</translation>
    </message>
</context>
<context>
    <name>SyncTexts</name>
    <message>
        <source>A file from {computer} is damaged or not complete yet. It will be tried again. If this stays, check whether the program that synchronises the folder has finished on both computers.</source>
        <translation>來自 {computer} 的一個檔案已損壞或尚不完整，將會重試。如果此提示一直存在，請檢查同步該資料夾的程式在兩台電腦上是否都已完成。</translation>
    </message>
    <message>
        <source>{computer} has a newer version of Chatdesk. Update Chatdesk on this computer to get its changes.</source>
        <translation>{computer} 使用的 Chatdesk 版本較新。請更新這台電腦上的 Chatdesk 以取得其更改。</translation>
    </message>
    <message>
        <source>A change from {computer} is too large to be shared.</source>
        <translation>來自 {computer} 的一項更改過大，無法共享。</translation>
    </message>
    <message>
        <source>{computer} does not use the same encryption as this computer, so its changes are not read. Stop here or there, and start again with the same passphrase.</source>
        <translation>{computer} 與這台電腦的加密方式不同，因此未讀取其更改。請在其中一台上停止同步，再用相同的密碼詞組重新開始。</translation>
    </message>
    <message>
        <source>{computer} has another passphrase. Stop there, and start again with the passphrase of this folder.</source>
        <translation>{computer} 使用了另一個密碼詞組。請在那台電腦上停止同步，再用此資料夾的密碼詞組重新開始。</translation>
    </message>
    <message>
        <source>A file from {computer} is only in the cloud. Let the program that synchronises the folder keep it on this computer.</source>
        <translation>來自 {computer} 的一個檔案僅在雲端。請讓同步該資料夾的程式將其保留在這台電腦上。</translation>
    </message>
    <message>
        <source>The passphrase of the folder is not in the system keyring. Enter it again to continue. Nothing is lost.</source>
        <translation>系統金鑰環中沒有該資料夾的密碼詞組。請重新輸入以繼續。不會遺失任何內容。</translation>
    </message>
    <message>
        <source>The folder cannot be used at the moment. Changes are kept and shared when it is there again.</source>
        <translation>目前無法使用該資料夾。更改會保留，待資料夾還原後再共享。</translation>
    </message>
    <message>
        <source>A change of this computer is too large to be shared. The other computers do not get it.</source>
        <translation>這台電腦上的一項更改過大，無法共享，其他電腦將收不到它。</translation>
    </message>
    <message>
        <source>Synchronisation was interrupted by an error in Chatdesk. It is tried again every minute, and nothing is lost. If this stays, please report it: Settings → Data → Diagnostics.</source>
        <translation>Chatdesk 出錯，同步已中斷。系統每分鐘會重試一次，不會遺失任何內容。如果此提示一直存在，請報告此問題：設定 → 資料 → 診斷資訊。</translation>
    </message>
    <message>
        <source>another computer</source>
        <translation>另一台電腦</translation>
    </message>
    <message>
        <source>Nothing is lost: changes are shared when this works again.</source>
        <translation>不會遺失任何內容：還原正常後，更改會繼續同步。</translation>
    </message>
    <message>
        <source>The server does not list all files of the folder. Chatdesk asks for the others by name, so changes of other computers may arrive late; nothing is lost. If this stays, stop on all computers, and start again with a new folder.</source>
        <translation>伺服器沒有列出資料夾中的全部檔案。Chatdesk 會按名稱逐個查詢其餘檔案，因此其他電腦的更改可能會晚一些到達，不會遺失任何內容。如果一直如此，請在所有電腦上停止同步，然後用一個新資料夾重新開始。</translation>
    </message>
    <message>
        <source>The settings of synchronisation were damaged, so it is off. Set it up again with the same folder: no chat is lost by that. The damaged file is kept in the data folder.</source>
        <translation>同步的設定已損壞，因此同步已關閉。請用同一個資料夾重新設定同步，不會因此遺失任何對話。損壞的檔案保留在資料資料夾中。</translation>
    </message>
    <message>
        <source>A newer version of Chatdesk has written the settings of synchronisation, so it is off. Update Chatdesk, or set it up again here with the same folder. The newer file is kept in the data folder.</source>
        <translation>同步的設定由較新版本的 Chatdesk 寫入，因此同步已關閉。請更新 Chatdesk，或在這裡用同一個資料夾重新設定同步。較新的檔案保留在資料資料夾中。</translation>
    </message>
    <message>
        <source>A file from {computer} could not be read here, because there was not enough memory, time or space for temporary files. It will be tried again, and nothing is lost. If this stays, close other programs.</source>
        <translation>無法在這台電腦上讀取來自 {computer} 的一個檔案，因為記憶體、時間或臨時檔案的空間不足。之後會重試，不會遺失任何內容。如果一直如此，請關閉其他程式。</translation>
    </message>
    <message>
        <source>Sign in with the right user name and password. Everything else stays as it is.</source>
        <translation>請使用正確的使用者名稱和密碼登入，其他一切保持不變。</translation>
    </message>
</context>
<context>
    <name>TagsRow</name>
    <message>
        <source>Reasoning tags</source>
        <translation>推理標籤</translation>
    </message>
    <message>
        <source>Too many tags</source>
        <translation>標籤過多，無法全部尋找</translation>
    </message>
    <message>
        <source>Each line needs three entries: model, opening tag, closing tag</source>
        <translation>每行三項：模型、推理的起始標籤、結束標籤</translation>
    </message>
    <message>
        <source>A tag must have at least three characters</source>
        <translation>標籤至少三個字元</translation>
    </message>
    <message>
        <source>A tag can have at most {count} characters</source>
        <translation>標籤最多 {count} 個字元</translation>
    </message>
    <message>
        <source>A tag cannot contain ` or ~, or start or end with a space</source>
        <translation>標籤不能含有 ` 或 ~，首尾不能有空格</translation>
    </message>
    <message>
        <source>The two tags must differ, and neither can contain the other</source>
        <translation>兩個標籤必須不同，且互不包含</translation>
    </message>
    <message>
        <source>For models that mark reasoning with tags unknown to Chatdesk. One model per line: name, opening tag, closing tag. Use * as a wildcard.</source>
        <translation>用於把思考寫在未知標籤之間的模型。每行一個模型：名稱、起始標籤、結束標籤。* 代表任意內容。</translation>
    </message>
</context>
<context>
    <name>TextSection</name>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
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
        <translation>始終推理</translation>
    </message>
    <message>
        <source>This model always reasons before it answers</source>
        <translation>此模型每次回答前都會推理，無可選項</translation>
    </message>
    <message>
        <source>Let the model reason before it answers</source>
        <translation>讓模型先推理再回答</translation>
    </message>
    <message>
        <source>Reasoning: {how}</source>
        <translation>推理：{how}</translation>
    </message>
    <message>
        <source>How much the model reasons before it answers</source>
        <translation>模型回答前的推理強度</translation>
    </message>
    <message>
        <source>It is not known whether this model supports reasoning. If not, the setting is not sent.</source>
        <translation>不清楚此模型是否支援推理；若不支援，則不傳送此設定</translation>
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
        <translation>自動</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>On</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>Minimal</source>
        <translation>極少</translation>
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
        <translation>伺服器不支援設定此模型的推理方式，因此未傳送此設定</translation>
    </message>
    <message>
        <source>The server does not support the reasoning setting “{wanted}”, so “{used}” was sent</source>
        <translation>伺服器不支援推理強度「{wanted}」，已改用「{used}」</translation>
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
        <translation>逾時</translation>
    </message>
    <message>
        <source>A large model can take minutes before it starts to answer.</source>
        <translation>大模型在輸出第一個字之前可能會沉默幾分鐘。</translation>
    </message>
    <message>
        <source>Connect timeout (s)</source>
        <translation>連線逾時（秒）</translation>
    </message>
    <message>
        <source>Read timeout (s)</source>
        <translation>讀取逾時（秒）</translation>
    </message>
    <message>
        <source>Connect timeout in seconds</source>
        <translation>連線逾時（秒）</translation>
    </message>
    <message>
        <source>Read timeout in seconds</source>
        <translation>讀取逾時（秒）</translation>
    </message>
    <message>
        <source>default</source>
        <translation>預設</translation>
    </message>
</context>
<context>
    <name>TitlePermission</name>
    <message>
        <source>Let online models write chat titles? Each title is a short request that {server} may charge for.</source>
        <translation>是否讓線上模型擬定對話標題？每個標題需要一次簡短請求，{server} 可能會計費。</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>允許</translation>
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
        <translation>新對話</translation>
    </message>
    <message>
        <source>Preset: {name}</source>
        <translation>預設集：{name}</translation>
    </message>
    <message>
        <source>Remove preset {name}</source>
        <translation>移除預設集「{name}」</translation>
    </message>
    <message>
        <source>Show or hide sidebar</source>
        <translation>顯示或隱藏側邊欄</translation>
    </message>
    <message>
        <source>Show or hide outline</source>
        <translation>顯示或隱藏大綱</translation>
    </message>
    <message>
        <source>Show or hide chat settings</source>
        <translation>顯示或隱藏對話設定</translation>
    </message>
    <message>
        <source>Chat title</source>
        <translation>對話標題</translation>
    </message>
    <message>
        <source>save</source>
        <translation>儲存</translation>
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
        <translation>關閉</translation>
    </message>
</context>
<context>
    <name>ToastPresenter</name>
    <message>
        <source>A settings file was damaged</source>
        <translation>有一個設定檔案已損壞</translation>
    </message>
    <message>
        <source>Some settings could not be used</source>
        <translation>有些設定無法使用</translation>
    </message>
    <message>
        <source>“{title}” was not opened</source>
        <translation>沒有開啟「{title}」</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>新對話</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Repair…</source>
        <translation>修復…</translation>
    </message>
    <message>
        <source>Chat deleted</source>
        <translation>已刪除對話</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) deleted</source>
        <translation>
            <numerusform>已刪除 %n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>Deletion undone</source>
        <translation>已復原刪除</translation>
    </message>
    <message>
        <source>Move undone</source>
        <translation>已復原移動</translation>
    </message>
    <message>
        <source>Renaming undone</source>
        <translation>已復原重新命名</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>開啟</translation>
    </message>
    <message>
        <source>An unexpected error occurred. Your chats are safe. See the log for details.</source>
        <translation>出現意外問題。你的對話沒有受影響；詳情見記錄檔。</translation>
    </message>
    <message>
        <source>The old file was kept: {name}</source>
        <translation>舊檔案已保留：{name}</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) recovered</source>
        <translation>
            <numerusform>已找回 %n 個對話</numerusform>
        </translation>
    </message>
    <message>
        <source>The last valid copy or the defaults are used. The damaged file is kept in the same folder.</source>
        <translation>已改用上一份完好的副本或預設設定。損壞的檔案仍保留在原處旁邊。</translation>
    </message>
    <message>
        <source>An error occurred the last time this chat was shown. The chat is still saved.</source>
        <translation>上次顯示這個對話時出了問題。對話仍然保留著。</translation>
    </message>
    <message>
        <source>Open anyway</source>
        <translation>仍然開啟</translation>
    </message>
    <message>
        <source>The weekly backup of your chats failed</source>
        <translation>未能完成每週的對話備份</translation>
    </message>
    <message>
        <source>A newer version of Chatdesk was used before</source>
        <translation>此前執行過更新版本的 Chatdesk</translation>
    </message>
    <message>
        <source>Its settings cannot be read by this version. They are kept in a separate file, and the defaults are used.</source>
        <translation>它寫入的設定此版本無法讀取，已另存為旁邊的檔案；現使用預設設定。</translation>
    </message>
    <message>
        <source>Other users of this computer can read your chats folder</source>
        <translation>這台電腦的其他使用者可以檢視儲存你的對話的資料夾</translation>
    </message>
    <message>
        <source>Make private</source>
        <translation>設為僅自己可見</translation>
    </message>
    <message>
        <source>Changes that could not be saved last time have been restored</source>
        <translation>上次未能儲存的內容已回到你的對話中</translation>
    </message>
    <message>
        <source>Another program was using or had replaced the chat database.</source>
        <translation>另一個程式當時佔用或替換了存放對話的檔案。</translation>
    </message>
    <message>
        <source>Changes that could not be saved last time cannot be read</source>
        <translation>上次未能儲存的內容無法讀取</translation>
    </message>
    <message>
        <source>Changes that could not be saved last time have been restored, but some may be missing</source>
        <translation>上次未能儲存的內容已回到你的對話中，但可能有缺失</translation>
    </message>
    <message>
        <source>Their file was damaged. It is kept in the data folder: {name}</source>
        <translation>儲存這些內容的檔案已損壞，仍保留在資料資料夾中：{name}</translation>
    </message>
    <message>
        <source>Defaults are used for: {settings}. The old file was kept.</source>
        <translation>以下設定改用預設值：{settings}。原檔案已保留。</translation>
    </message>
    <message>
        <source>Saved as preset “{name}”</source>
        <translation>已存為預設集「{name}」</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>顯示</translation>
    </message>
    <message>
        <source>Draft discarded</source>
        <translation>已放棄草稿</translation>
    </message>
    <message numerus="yes">
        <source>No backup for %n day(s)</source>
        <translation>
            <numerusform>已 %n 天沒有備份</numerusform>
        </translation>
    </message>
    <message>
        <source>All data has moved</source>
        <translation>所有資料已移動</translation>
    </message>
    <message>
        <source>“{title}” was deleted on {computer}</source>
        <translation>「{title}」已在「{computer}」上刪除</translation>
    </message>
    <message>
        <source>“{title}” was deleted on another computer</source>
        <translation>「{title}」已在另一台電腦上刪除</translation>
    </message>
    <message>
        <source>What you were writing is kept in the new chat.</source>
        <translation>你正在寫的內容已保留在新對話中。</translation>
    </message>
    <message>
        <source>“{title}” has been permanently deleted</source>
        <translation>「{title}」已永久刪除</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>還原</translation>
    </message>
    <message>
        <source>Synchronisation is off</source>
        <translation>同步已關閉</translation>
    </message>
    <message>
        <source>Its settings could not be read. Set it up again in Settings.</source>
        <translation>其設定無法讀取。請在設定中重新設定同步。</translation>
    </message>
</context>
<context>
    <name>TokenRow</name>
    <message>
        <source>This is not a token. It is one line that begins with hf_.</source>
        <translation>這不是權杖。權杖是以 hf_ 開頭的一行文字。</translation>
    </message>
    <message>
        <source>Token for Hugging Face</source>
        <translation>Hugging Face 權杖</translation>
    </message>
    <message>
        <source>Create one</source>
        <translation>建立權杖</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>更換</translation>
    </message>
    <message>
        <source>Add token</source>
        <translation>新增權杖</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Paste the token: hf_…</source>
        <translation>貼上權杖：hf_…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Only for models whose page asks for an account. It is kept in the system keyring and sent to huggingface.co only.</source>
        <translation>僅用於頁面要求帳號的模型。它儲存在系統金鑰環中，只會傳送給 huggingface.co。</translation>
    </message>
    <message>
        <source>Saved, but not used: {host} is a mirror and does not receive it.</source>
        <translation>已儲存但未使用：{host} 是鏡像，不會收到它。</translation>
    </message>
    <message>
        <source>Saved in the system keyring. It is sent to huggingface.co only.</source>
        <translation>已儲存在系統金鑰環中，只會傳送給 huggingface.co。</translation>
    </message>
    <message>
        <source>Kept until you quit Chatdesk, because no system keyring was found.</source>
        <translation>由於未找到系統金鑰環，僅保留到結束 Chatdesk 為止。</translation>
    </message>
</context>
<context>
    <name>InstructionsView</name>
    <message>
        <source>Back to chat settings</source>
        <translation>返回對話設定</translation>
    </message>
    <message>
        <source>Copy all instructions</source>
        <translation>複製全部指令</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Instructions sent to the model</source>
        <translation>模型收到的指令</translation>
    </message>
    <message>
        <source>Sent before the conversation, joined in this order.</source>
        <translation>在對話之前傳送，按此順序合併。</translation>
    </message>
    <message>
        <source>Instructions used</source>
        <translation>模型當時收到的指令</translation>
    </message>
    <message>
        <source>The instructions of the answer from {time} were not recorded.</source>
        <translation>{time} 的回答沒有記錄當時的指令。</translation>
    </message>
    <message>
        <source>For the answer from {time}. It keeps these instructions when the settings change.</source>
        <translation>這是 {time} 的回答所用的指令。更改設定不會影響它們。</translation>
    </message>
    <message>
        <source>There were no instructions for the answer from {time}.</source>
        <translation>{time} 的回答沒有任何指令。</translation>
    </message>
</context>
<context>
    <name>ToolRow</name>
    <message>
        <source>Queue</source>
        <translation>排隊傳送</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>傳送</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>新增檔案</translation>
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
        <translation>使用預設集</translation>
    </message>
    <message>
        <source>Attach files…</source>
        <translation>新增檔案…</translation>
    </message>
    <message>
        <source>Attach a folder…</source>
        <translation>新增資料夾…</translation>
    </message>
</context>
<context>
    <name>TranscriptTexts</name>
    <message>
        <source>Copy</source>
        <translation>複製</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已複製</translation>
    </message>
    <message>
        <source>Wrap</source>
        <translation>換行</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>長行自動換行</translation>
    </message>
    <message>
        <source>Line numbers</source>
        <translation>行號</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>儲存</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>另存為…</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>預覽</translation>
    </message>
    <message>
        <source>Show the preview</source>
        <translation>顯示預覽</translation>
    </message>
    <message>
        <source>Open preview</source>
        <translation>開啟預覽</translation>
    </message>
    <message>
        <source>Copy code block</source>
        <translation>複製程式碼區塊</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>複製程式碼</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>程式碼</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>編輯</translation>
    </message>
    <message>
        <source>Regenerate</source>
        <translation>重新生成</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>繼續</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>上一個版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一個版本</translation>
    </message>
    <message>
        <source>More actions</source>
        <translation>更多操作</translation>
    </message>
    <message>
        <source>Copy selection</source>
        <translation>複製所選內容</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>複製訊息</translation>
    </message>
    <message>
        <source>Copy reasoning</source>
        <translation>複製思考過程</translation>
    </message>
    <message>
        <source>Show reasoning</source>
        <translation>展開思考過程</translation>
    </message>
    <message>
        <source>Hide reasoning</source>
        <translation>收起思考過程</translation>
    </message>
    <message>
        <source>Copy as</source>
        <translation>複製為</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>純文字</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>含格式的文字</translation>
    </message>
    <message>
        <source>Regenerate with</source>
        <translation>換個模型重新生成</translation>
    </message>
    <message>
        <source>Quote</source>
        <translation>引用</translation>
    </message>
    <message>
        <source>Quote selection</source>
        <translation>引用所選內容</translation>
    </message>
    <message>
        <source>Branch to a new chat</source>
        <translation>從這裡建立分支對話</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>刪除</translation>
    </message>
    <message>
        <source>Links</source>
        <translation>連結</translation>
    </message>
    <message>
        <source>Open link</source>
        <translation>開啟連結</translation>
    </message>
    <message>
        <source>Copy link address</source>
        <translation>複製連結位址</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全選</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>顯示全部</translation>
    </message>
    <message>
        <source>Show less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>More</source>
        <translation>詳情</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>顯示更多</translation>
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
        <translation>對話</translation>
    </message>
    <message numerus="yes">
        <source>Code, %n lines</source>
        <translation>
            <numerusform>程式碼，%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Table, %n rows</source>
        <translation>
            <numerusform>表格，%n 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n 欄</numerusform>
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
            <numerusform>%n 個來源</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %n sources</source>
        <translation>
            <numerusform>顯示全部 %n 個來源</numerusform>
        </translation>
    </message>
    <message>
        <source>Source {number}: {words}</source>
        <translation>來源 {number}：{words}</translation>
    </message>
    <message>
        <source>Open {title} in the browser</source>
        <translation>在瀏覽器中開啟 {title}</translation>
    </message>
    <message>
        <source>score {score}</source>
        <translation>得分 {score}</translation>
    </message>
    <message>
        <source>file {first}</source>
        <translation>第 {first} 個檔案</translation>
    </message>
    <message>
        <source>files {first}–{last}</source>
        <translation>第 {first}–{last} 個檔案</translation>
    </message>
    <message>
        <source>{place}: no such file</source>
        <translation>{place}：沒有此檔案</translation>
    </message>
    <message numerus="yes">
        <source>%n more characters</source>
        <translation>
            <numerusform>還有 %n 個字元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens read</source>
        <translation>
            <numerusform>讀取 %n 個 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tokens written</source>
        <translation>
            <numerusform>寫出 %n 個 token</numerusform>
        </translation>
    </message>
    <message>
        <source>You stopped this answer.</source>
        <translation>你停止了這次回答。</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已編輯</translation>
    </message>
    <message>
        <source>Edited by you</source>
        <translation>由你編輯過</translation>
    </message>
    <message>
        <source>The answer reached the maximum length.</source>
        <translation>回答已達到長度上限。</translation>
    </message>
    <message>
        <source>The answer failed.</source>
        <translation>回答失敗。</translation>
    </message>
    <message>
        <source>Starting the built-in model</source>
        <translation>正在啟動內建模型</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在連線</translation>
    </message>
    <message>
        <source>Waiting for the server</source>
        <translation>正在等待伺服器</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在載入模型</translation>
    </message>
    <message>
        <source>Reading the prompt</source>
        <translation>正在讀取提示詞</translation>
    </message>
    <message numerus="yes">
        <source>%n tokens</source>
        <translation>
            <numerusform>%n 個 token</numerusform>
        </translation>
    </message>
    <message>
        <source>Picture: {name}</source>
        <translation>圖片：{name}</translation>
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
        <translation>仍在輸出</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>執行中</translation>
    </message>
    <message>
        <source>The model gave no answer.</source>
        <translation>模型沒有給出回答。</translation>
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
        <translation>已在右側顯示</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>無標題</translation>
    </message>
    <message>
        <source>Copy whole chat</source>
        <translation>複製整個對話</translation>
    </message>
    <message>
        <source>once the answer is complete</source>
        <translation>回答完成後可用</translation>
    </message>
    <message>
        <source>Move a text cursor with the arrow keys</source>
        <translation>方向鍵移動文字游標</translation>
    </message>
    <message>
        <source>Move between messages with the arrow keys</source>
        <translation>方向鍵在訊息之間移動</translation>
    </message>
    <message>
        <source>Go to latest message</source>
        <translation>跳到最新訊息</translation>
    </message>
    <message>
        <source>New text below. Go to latest message</source>
        <translation>下方有新內容：轉到最新訊息</translation>
    </message>
    <message>
        <source>Waiting for the built-in engine</source>
        <translation>正在等待內建引擎空閒</translation>
    </message>
    <message>
        <source>Retrying</source>
        <translation>正在重試</translation>
    </message>
    <message>
        <source>Summarising earlier messages</source>
        <translation>正在概括對話的開頭</translation>
    </message>
    <message>
        <source>No response. Retrying in {time}</source>
        <translation>沒有回應，{time}後重試</translation>
    </message>
    <message>
        <source>Server busy. Retrying in {time}</source>
        <translation>伺服器繁忙，{time}後重試</translation>
    </message>
    <message>
        <source>version {number} of {count}</source>
        <translation>第 {number} 版，共 {count} 版</translation>
    </message>
    <message>
        <source>{title}, {details}: shown in the side panel, go there</source>
        <translation>{title}，{details}：已在右側顯示，轉到該處</translation>
    </message>
    <message>
        <source>Open preview of {title}, {details}</source>
        <translation>開啟預覽：{title}，{details}</translation>
    </message>
    <message>
        <source>First token after {seconds} s</source>
        <translation>{seconds} 秒後出現第一個 token</translation>
    </message>
    <message>
        <source>{duration} in total</source>
        <translation>共 {duration}</translation>
    </message>
    <message>
        <source>{name} (once the answer is complete)</source>
        <translation>{name}（回答完成後可用）</translation>
    </message>
    <message>
        <source>{percent}%</source>
        <translation>{percent}%</translation>
    </message>
    <message>
        <source>The answer was interrupted. The text received so far is kept.</source>
        <translation>回答中斷。已收到的內容已保留。</translation>
    </message>
    <message>
        <source>Thought for {duration}</source>
        <translation>已思考 {duration}</translation>
    </message>
    <message>
        <source>The model requested the tool “{name}”. It was not run.</source>
        <translation>模型請求使用工具「{name}」，未執行。</translation>
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
        <translation>執行中：{name}</translation>
    </message>
    <message>
        <source>Leave out oldest</source>
        <translation>略去最早的訊息</translation>
    </message>
    <message>
        <source>Summarise oldest</source>
        <translation>概括最早的訊息</translation>
    </message>
    <message>
        <source>The server silently dropped part of this chat.</source>
        <translation>伺服器未作說明就略去了此對話的一部分。</translation>
    </message>
    <message>
        <source>It processed {read} of about {sent} tokens.</source>
        <translation>約 {sent} 個 token 中它只讀取了 {read} 個。</translation>
    </message>
    <message>
        <source>The model reached the maximum length while still reasoning. There is no answer yet.</source>
        <translation>達到最大長度時模型仍在思考，尚無回答。</translation>
    </message>
    <message>
        <source>The model produced only reasoning and no answer.</source>
        <translation>模型只進行了推理，沒有給出回答。</translation>
    </message>
    <message>
        <source>This answer was cut off by the server&apos;s content filter.</source>
        <translation>伺服器的內容過濾器中斷了這個回答。</translation>
    </message>
    <message>
        <source>The server stopped this answer. The text received so far is kept.</source>
        <translation>伺服器中斷了這個回答。已收到的內容已保留。</translation>
    </message>
    <message>
        <source>The server returned an unknown finish reason</source>
        <translation>伺服器傳回了未知的結束原因</translation>
    </message>
    <message>
        <source>Some characters arrived damaged and are shown as �.</source>
        <translation>部分字元在傳輸中損壞，以 � 代替。</translation>
    </message>
    <message>
        <source>The model no longer sees the messages above</source>
        <translation>模型已看不到以上內容</translation>
    </message>
    <message>
        <source>The model sees a summary of the messages above</source>
        <translation>模型看到的是以上內容的摘要</translation>
    </message>
    <message>
        <source>The messages above will be summarised when you send</source>
        <translation>傳送時會為以上內容生成摘要</translation>
    </message>
    <message>
        <source>View…</source>
        <translation>閱讀…</translation>
    </message>
    <message>
        <source>Hide: {title}</source>
        <translation>收起：{title}</translation>
    </message>
    <message>
        <source>Show: {title}</source>
        <translation>展開：{title}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>詳情</translation>
    </message>
    <message>
        <source>Instructions used</source>
        <translation>模型當時收到的指令</translation>
    </message>
    <message>
        <source>{action}, code block {number}</source>
        <translation>{action}，程式碼區塊 {number}</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>繪製</translation>
    </message>
    <message>
        <source>Draw the diagram</source>
        <translation>繪製圖表</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop drawing</source>
        <translation>停止繪製</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>圖片</translation>
    </message>
    <message>
        <source>Show in the side panel</source>
        <translation>在側邊欄中顯示</translation>
    </message>
    <message>
        <source>Copy picture</source>
        <translation>複製圖片</translation>
    </message>
    <message>
        <source>Save picture as…</source>
        <translation>圖片另存為…</translation>
    </message>
    <message>
        <source>The diagram could not be drawn.</source>
        <translation>無法繪製此圖表。</translation>
    </message>
    <message numerus="yes">
        <source>%n of them from the cache</source>
        <translation>
            <numerusform>其中 %n 個來自快取</numerusform>
        </translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>開啟 {name}</translation>
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
        <translation>投影片 {first}</translation>
    </message>
    <message>
        <source>slides {first}–{last}</source>
        <translation>投影片 {first}–{last}</translation>
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
        <translation>第 {first} 頁</translation>
    </message>
    <message>
        <source>pp. {first}–{last}</source>
        <translation>第 {first}–{last} 頁</translation>
    </message>
    <message>
        <source>{place}: no such document</source>
        <translation>{place}：沒有此文件</translation>
    </message>
    <message>
        <source>{place}: no such sheet</source>
        <translation>{place}：沒有此工作表</translation>
    </message>
    <message>
        <source>{place}: no such slide</source>
        <translation>{place}：沒有此投影片</translation>
    </message>
    <message>
        <source>{place}: no such chapter</source>
        <translation>{place}：沒有此章</translation>
    </message>
    <message>
        <source>{place}: no such page</source>
        <translation>{place}：沒有此頁</translation>
    </message>
    <message>
        <source>{place}: not sent</source>
        <translation>{place}：未傳送</translation>
    </message>
    <message>
        <source>This chat has no document {number}.</source>
        <translation>此對話中沒有文件 {number}。</translation>
    </message>
    <message>
        <source>{name} ends before {place}.</source>
        <translation>{name} 在{place}之前就結束了。</translation>
    </message>
    <message>
        <source>{name} has no pages.</source>
        <translation>{name} 沒有頁碼。</translation>
    </message>
    <message>
        <source>No part of {name} was sent to the model.</source>
        <translation>{name} 的內容未傳送給模型。</translation>
    </message>
    <message>
        <source>{name}, {place}, was not sent to the model.</source>
        <translation>{name} 的{place}未傳送給模型。</translation>
    </message>
    <message>
        <source>Open document</source>
        <translation>開啟文件</translation>
    </message>
    <message>
        <source>Copy citation</source>
        <translation>複製引用</translation>
    </message>
    <message>
        <source>Nothing in {name} matches the question</source>
        <translation>{name} 中沒有與問題匹配的內容</translation>
    </message>
    <message>
        <source>Nothing in {name} matches “{words}”</source>
        <translation>{name} 中沒有與「{words}」匹配的內容</translation>
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
        <translation>儲存表格</translation>
    </message>
    <message>
        <source>Save as Excel…</source>
        <translation>另存為 Excel…</translation>
    </message>
    <message>
        <source>Save as CSV…</source>
        <translation>另存為 CSV…</translation>
    </message>
    <message>
        <source>Save as Word…</source>
        <translation>另存為 Word…</translation>
    </message>
    <message>
        <source>Export message…</source>
        <translation>匯出訊息…</translation>
    </message>
    <message>
        <source>Export chat…</source>
        <translation>匯出對話…</translation>
    </message>
</context>
<context>
    <name>TranslationBar</name>
    <message>
        <source>Detected: {language}</source>
        <translation>偵測到：{language}</translation>
    </message>
    <message>
        <source>Detect language</source>
        <translation>偵測語言</translation>
    </message>
    <message>
        <source>From</source>
        <translation>來源語言</translation>
    </message>
    <message>
        <source>To</source>
        <translation>目標語言</translation>
    </message>
    <message>
        <source>Swap languages</source>
        <translation>互換語言</translation>
    </message>
    <message>
        <source>Copy translation</source>
        <translation>複製譯文</translation>
    </message>
    <message>
        <source>Save translation…</source>
        <translation>儲存譯文…</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n 個詞</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n 個字</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TranslationDesk</name>
    <message>
        <source>Translate again</source>
        <translation>重新翻譯</translation>
    </message>
    <message>
        <source>Fix</source>
        <translation>修正</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替換</translation>
    </message>
    <message>
        <source>And {count} more</source>
        <translation>還有 {count} 處</translation>
    </message>
    <message>
        <source>Starting the built-in model…</source>
        <translation>正在啟動內建模型…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>正在載入模型…</translation>
    </message>
    <message>
        <source>Thinking…</source>
        <translation>正在思考…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>復原</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Translate everything again</source>
        <translation>全部重新翻譯</translation>
    </message>
    <message>
        <source>Missing: {mark}</source>
        <translation>缺少：{mark}</translation>
    </message>
    <message>
        <source>Not in the source: {mark}</source>
        <translation>原文沒有：{mark}</translation>
    </message>
    <message>
        <source>This does not seem to be in {language}.</source>
        <translation>這似乎不是{language}。</translation>
    </message>
    <message>
        <source>The built-in model is too small for good translations.</source>
        <translation>內建模型太小，翻譯效果不好。</translation>
    </message>
    <message>
        <source>The source text has changed since this translation.</source>
        <translation>譯完之後原文又改過。</translation>
    </message>
    <message>
        <source>This translation is incomplete.</source>
        <translation>沒有譯完。</translation>
    </message>
    <message>
        <source>You edited this; your text is not replaced.</source>
        <translation>這是你寫的，會保留。</translation>
    </message>
    <message>
        <source>Waiting for the built-in engine…</source>
        <translation>正在等待內建引擎空閒…</translation>
    </message>
    <message>
        <source>The server is busy. Retrying in a moment…</source>
        <translation>伺服器繁忙，稍後自動重試。</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>正在嘗試連線伺服器…</translation>
    </message>
    <message>
        <source>Open text file…</source>
        <translation>開啟文字檔…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>The glossary translates “{source}” as “{target}”.</source>
        <translation>術語表規定「{source}」譯為「{target}」。</translation>
    </message>
    <message>
        <source>This is identical to the source.</source>
        <translation>這和原文一樣。</translation>
    </message>
    <message>
        <source>Translating</source>
        <translation>正在翻譯</translation>
    </message>
    <message>
        <source>The translation appears here</source>
        <translation>譯文將顯示在這裡</translation>
    </message>
    <message>
        <source>{done} of {all} paragraphs</source>
        <translation>已翻譯 {done}/{all} 段</translation>
    </message>
    <message>
        <source>Not translated</source>
        <translation>不翻譯</translation>
    </message>
</context>
<context>
    <name>TranslationFiles</name>
    <message>
        <source>Texts</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Import terms</source>
        <translation>匯入術語</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有檔案</translation>
    </message>
    <message>
        <source>Open text file</source>
        <translation>開啟文字檔</translation>
    </message>
</context>
<context>
    <name>TranslationFooter</name>
    <message>
        <source>Translate this row again</source>
        <translation>重新翻譯這一行</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>進度</translation>
    </message>
    <message>
        <source>Alternative translations</source>
        <translation>這句話的其他譯法</translation>
    </message>
    <message>
        <source>Alternatives</source>
        <translation>其他譯法</translation>
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
        <translation>翻譯</translation>
    </message>
    <message>
        <source>Translate new or changed text</source>
        <translation>翻譯新增或修改過的文字</translation>
    </message>
</context>
<context>
    <name>TranslationHeader</name>
    <message>
        <source>Glossary ({count})</source>
        <translation>術語表（{count}）</translation>
    </message>
    <message>
        <source>Glossary</source>
        <translation>術語表</translation>
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
        <translation>文字已替換。</translation>
    </message>
    <message>
        <source>Source and translation, row by row</source>
        <translation>原文和譯文，逐行對照</translation>
    </message>
    <message>
        <source>The sentence was replaced.</source>
        <translation>句子已替換。</translation>
    </message>
    <message>
        <source>Your edits were replaced.</source>
        <translation>你寫的內容已被替換。</translation>
    </message>
    <message>
        <source>Translation copied to the clipboard.</source>
        <translation>譯文已複製到剪貼簿。</translation>
    </message>
    <message>
        <source>The translator was cleared.</source>
        <translation>已清空。</translation>
    </message>
    <message>
        <source>Translator: {progress}</source>
        <translation>翻譯：{progress}</translation>
    </message>
    <message>
        <source>Write or paste the text, or drop a file</source>
        <translation>輸入或貼上文字，或拖入檔案</translation>
    </message>
    <message>
        <source>The text is already in {language}. Choose another language.</source>
        <translation>原文已是{language}，請選擇其他語言。</translation>
    </message>
    <message numerus="yes">
        <source>%n to check</source>
        <translation>
            <numerusform>%n 處待檢查</numerusform>
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
        <translation>執行</translation>
    </message>
</context>
<context>
    <name>TrialPane</name>
    <message>
        <source>Compare two models or versions</source>
        <translation>比較兩個模型或版本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>範例輸入</translation>
    </message>
    <message>
        <source>Try with sample</source>
        <translation>用範例試執行</translation>
    </message>
    <message>
        <source>Example text for the composer</source>
        <translation>相當於在輸入框裡寫的內容</translation>
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
            <numerusform>%n 個 token</numerusform>
        </translation>
    </message>
    <message>
        <source>Unsaved changes</source>
        <translation>未儲存的更改</translation>
    </message>
    <message>
        <source>Version {number}</source>
        <translation>第 {number} 版</translation>
    </message>
    <message>
        <source>Required: {name}</source>
        <translation>還需要填寫：{name}</translation>
    </message>
    <message>
        <source>Enter a sample to try the preset with.</source>
        <translation>請先寫一段範例。</translation>
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
        <translation>復原</translation>
    </message>
</context>
<context>
    <name>UpdatePresenter</name>
    <message>
        <source>Chatdesk {version} is available</source>
        <translation>Chatdesk {version} 已發佈</translation>
    </message>
    <message>
        <source>You have version {version}.</source>
        <translation>目前版本為 {version}。</translation>
    </message>
    <message>
        <source>Open release page</source>
        <translation>開啟發佈頁面</translation>
    </message>
</context>
<context>
    <name>UpdatesCard</name>
    <message>
        <source>Check now</source>
        <translation>立即檢查</translation>
    </message>
    <message>
        <source>Not checked yet.</source>
        <translation>尚未檢查。</translation>
    </message>
    <message>
        <source>Last checked {when}.</source>
        <translation>上次檢查：{when}。</translation>
    </message>
    <message>
        <source>Open release page</source>
        <translation>開啟發佈頁面</translation>
    </message>
    <message>
        <source>This build has no update address. Check where you downloaded it.</source>
        <translation>此版本未設定更新位址，請到下載處檢視。</translation>
    </message>
    <message>
        <source>Checking for updates…</source>
        <translation>正在查詢最新版本…</translation>
    </message>
    <message>
        <source>Version {new} is available. You have {here}.</source>
        <translation>新版本 {new} 已發佈，目前版本為 {here}。</translation>
    </message>
    <message>
        <source>You have the latest version.</source>
        <translation>目前已是最新版本。</translation>
    </message>
    <message>
        <source>No update address is configured.</source>
        <translation>不知道在哪裡查詢新版本。</translation>
    </message>
    <message>
        <source>The release page could not be reached. Check your internet connection.</source>
        <translation>無法連線發佈頁面。請檢查網路是否已連線。</translation>
    </message>
    <message>
        <source>Nothing was sent: the connection to the release page is not trusted.</source>
        <translation>與發佈頁面的連線不可信，因此沒有發出查詢。</translation>
    </message>
    <message>
        <source>The release page did not respond in time. Try again later.</source>
        <translation>發佈頁面沒有及時回應，請稍後再試。</translation>
    </message>
    <message>
        <source>The release page redirects to another site. Chatdesk does not follow it.</source>
        <translation>發佈頁面指向了別處。Chatdesk 不會向未知的位址發出查詢。</translation>
    </message>
    <message>
        <source>The release page rejected the request. Try again later.</source>
        <translation>發佈頁面拒絕回應，請稍後再試。</translation>
    </message>
    <message>
        <source>The release page returned no version.</source>
        <translation>傳回的內容中沒有版本號。</translation>
    </message>
</context>
<context>
    <name>UploadField</name>
    <message>
        <source>Choose another…</source>
        <translation>換一個…</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>選擇檔案…</translation>
    </message>
    <message>
        <source>Add files…</source>
        <translation>新增檔案…</translation>
    </message>
    <message>
        <source>{count} of {most}</source>
        <translation>{count} / {most}</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在傳送…</translation>
    </message>
    <message>
        <source>Maximum {most} files</source>
        <translation>最多接受 {most} 個</translation>
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
        <translation>請先測試連線</translation>
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
        <translation>儲存</translation>
    </message>
    <message>
        <source>Use it now</source>
        <translation>立即使用</translation>
    </message>
    <message>
        <source>Opens the chat you came from, with this model and what you had typed.</source>
        <translation>回到之前的對話，使用此模型，已輸入的內容會保留。</translation>
    </message>
</context>
<context>
    <name>VariableForm</name>
    <message>
        <source>optional</source>
        <translation>選填</translation>
    </message>
    <message>
        <source>Required.</source>
        <translation>此項必填。</translation>
    </message>
</context>
<context>
    <name>VariableRow</name>
    <message>
        <source>Type, default and choices of {name}</source>
        <translation>{name} 的類型、預設值和選項</translation>
    </message>
</context>
<context>
    <name>Variables</name>
    <message>
        <source>your text in the composer</source>
        <translation>輸入框中的內容</translation>
    </message>
    <message>
        <source>current date</source>
        <translation>今天的日期</translation>
    </message>
    <message>
        <source>current time</source>
        <translation>目前時間</translation>
    </message>
    <message>
        <source>locale of this computer</source>
        <translation>本機的語言和地區</translation>
    </message>
    <message>
        <source>name of the current model</source>
        <translation>正在提問的模型</translation>
    </message>
    <message>
        <source>language of the chat</source>
        <translation>對話所用的語言</translation>
    </message>
</context>
<context>
    <name>Vendors</name>
    <message>
        <source>DashScope (Qwen)</source>
        <translation>通義千問（阿里雲百煉）</translation>
    </message>
    <message>
        <source>Moonshot (Kimi)</source>
        <translation>Kimi（月之暗面）</translation>
    </message>
    <message>
        <source>Zhipu (GLM)</source>
        <translation>智譜（GLM）</translation>
    </message>
    <message>
        <source>SiliconFlow</source>
        <translation>矽基流動</translation>
    </message>
    <message>
        <source>VectorVein (this computer)</source>
        <translation>VectorVein（本機）</translation>
    </message>
</context>
<context>
    <name>VersionModel</name>
    <message>
        <source>Shown</source>
        <translation>正在顯示</translation>
    </message>
</context>
<context>
    <name>VersionPresenter</name>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>約 %n 個 token</numerusform>
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
        <translation>已還原第 {number} 版</translation>
    </message>
    <message>
        <source>Version {number}, restored by you</source>
        <translation>由你還原的版本 {number}</translation>
    </message>
    <message>
        <source>Answer to “{question}”</source>
        <translation>對「{question}」的回答</translation>
    </message>
</context>
<context>
    <name>VersionStepper</name>
    <message>
        <source>Previous version</source>
        <translation>上一個版本</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>下一個版本</translation>
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
        <translation>所有版本及其改動</translation>
    </message>
</context>
<context>
    <name>VersionsPane</name>
    <message>
        <source>Back to preset</source>
        <translation>返回預設集</translation>
    </message>
    <message>
        <source>Versions of {name}</source>
        <translation>「{name}」的歷史版本</translation>
    </message>
</context>
<context>
    <name>VersionsPopup</name>
    <message>
        <source>Writing alternatives…</source>
        <translation>正在寫其他譯法…</translation>
    </message>
    <message>
        <source>Alternative translations</source>
        <translation>這句話的其他譯法</translation>
    </message>
    <message>
        <source>More alternatives</source>
        <translation>再換幾種</translation>
    </message>
</context>
<context>
    <name>VersionsView</name>
    <message>
        <source>Comparing…</source>
        <translation>正在比較…</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>顯示</translation>
    </message>
    <message>
        <source>Run this version in the preview</source>
        <translation>在預覽中執行此版本</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>還原</translation>
    </message>
    <message>
        <source>Differences</source>
        <translation>差異</translation>
    </message>
    <message>
        <source>This is the first version.</source>
        <translation>這是第一個版本，之前沒有其他版本。</translation>
    </message>
    <message>
        <source>The code is identical.</source>
        <translation>程式碼沒有變化。</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>對比</translation>
    </message>
    <message>
        <source>Copy differences</source>
        <translation>複製差異</translation>
    </message>
    <message>
        <source>Adds this as the newest version. The chat is not changed.</source>
        <translation>將它作為你自己的版本，成為最新版本。對話內容保持不變。</translation>
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
        <translation>位址</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>使用者名稱</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密碼</translation>
    </message>
    <message>
        <source>Some servers need a separate one for programs.</source>
        <translation>有些伺服器需要為應用程式單獨設定密碼。</translation>
    </message>
    <message>
        <source>Kept in the system keyring.</source>
        <translation>儲存在系統金鑰環中。</translation>
    </message>
    <message>
        <source>To keep it, install GNOME Keyring or KWallet, and log in again.</source>
        <translation>如需長期儲存，請安裝 GNOME Keyring 或 KWallet 並重新登入系統。</translation>
    </message>
    <message>
        <source>No system keyring was found. The password is kept only until you quit Chatdesk.</source>
        <translation>沒有找到系統金鑰環。密碼只保留到結束 Chatdesk 為止。</translation>
    </message>
    <message>
        <source>The system keyring is locked or does not respond. The password is kept only until you quit Chatdesk.</source>
        <translation>系統金鑰環已鎖定或沒有回應。密碼只保留到結束 Chatdesk 為止。</translation>
    </message>
    <message>
        <source>To keep it, unlock the keyring, and enter the password again.</source>
        <translation>如需長期儲存，請解鎖金鑰環，然後重新輸入密碼。</translation>
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
        <translation>匯入</translation>
    </message>
    <message>
        <source>You can continue working. All chats appear together when the import is complete.</source>
        <translation>你可以繼續工作。全部匯入後，對話會一起出現。</translation>
    </message>
</context>
<context>
    <name>YearBars</name>
    <message>
        <source>No date</source>
        <translation>無日期</translation>
    </message>
    <message>
        <source>to {year}</source>
        <translation>{year} 及以前</translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ElapsedTexts</name>
    <message>
        <source>just now</source>
        <translation>剛剛</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n 分鐘前</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n 小時前</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_FindingRow</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>…… 還有 %n 個</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Handle</name>
    <message>
        <source>Divider</source>
        <translation>分隔條</translation>
    </message>
</context>
<context>
    <name>_Introduction</name>
    <message>
        <source>One preset, many texts</source>
        <translation>一個預設集，處理多份文字</translation>
    </message>
    <message>
        <source>Choose a preset</source>
        <translation>選擇預設集</translation>
    </message>
    <message>
        <source>Summarise, translate, reply: any of yours</source>
        <translation>概括、翻譯、回覆，任意預設集均可</translation>
    </message>
    <message>
        <source>Add files, or a table with a row for each</source>
        <translation>新增檔案，或每列一筆的表格</translation>
    </message>
    <message>
        <source>With a table, columns fill the preset&apos;s fields</source>
        <translation>表格的欄可填入預設集的欄位</translation>
    </message>
    <message>
        <source>Start, and read the answers as they arrive</source>
        <translation>開始執行，邊出結果邊檢視</translation>
    </message>
    <message>
        <source>Nothing is sent before you press Start</source>
        <translation>點選「開始」前不會傳送任何內容</translation>
    </message>
</context>
<context>
    <name>_KeyPage</name>
    <message>
        <source>At {host}, with your account there.</source>
        <translation>在 {host} 用你的帳號建立。</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>開啟網頁</translation>
    </message>
</context>
<context>
    <name>_KeyRow</name>
    <message>
        <source>Replace</source>
        <translation>替換</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reset shortcut of {command}</source>
        <translation>重設「{command}」的快速鍵</translation>
    </message>
</context>
<context>
    <name>_LocationRow</name>
    <message numerus="yes">
        <source>%n models</source>
        <translation>
            <numerusform>%n 個模型</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove {name} from this list</source>
        <translation>從清單中移除 {name}</translation>
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
            <numerusform>%n 張圖片不在檔案中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s) missing in the file</source>
        <translation>
            <numerusform>%n 個文件不在檔案中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Sound of %n voice message(s)</source>
        <translation>
            <numerusform>%n 條語音訊息的聲音</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n video(s)</source>
        <translation>
            <numerusform>%n 個影片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) without a message</source>
        <translation>
            <numerusform>%n 個沒有訊息的對話</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged chat(s)</source>
        <translation>
            <numerusform>%n 個損壞的對話</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n damaged message(s)</source>
        <translation>
            <numerusform>%n 條損壞的訊息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tool call(s)</source>
        <translation>
            <numerusform>%n 次工具呼叫</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n source(s) of answers</source>
        <translation>
            <numerusform>%n 個回答來源</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The end of %n very long text(s)</source>
        <translation>
            <numerusform>%n 段過長文字的結尾</numerusform>
        </translation>
    </message>
    <message>
        <source>What the program remembers about you</source>
        <translation>該程式記住的關於你的內容</translation>
    </message>
    <message numerus="yes">
        <source>%n shared link(s)</source>
        <translation>
            <numerusform>%n 個分享連結</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s)</source>
        <translation>
            <numerusform>%n 個對話</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s)</source>
        <translation>
            <numerusform>%n 則訊息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 張圖片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n document(s)</source>
        <translation>
            <numerusform>%n 個文件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>另外 %n 個</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_ModelPopup</name>
    <message>
        <source>No results</source>
        <translation>沒有結果</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Search models</source>
        <translation>搜尋模型</translation>
    </message>
</context>
<context>
    <name>_DestinationRow</name>
    <message>
        <source>Enter a name for the folder.</source>
        <translation>請輸入資料夾名稱。</translation>
    </message>
    <message>
        <source>Folders as in {program}</source>
        <translation>與 {program} 相同的資料夾</translation>
    </message>
    <message>
        <source>Same folders as there</source>
        <translation>與原程式相同的資料夾</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>新增資料夾</translation>
    </message>
    <message>
        <source>No folder</source>
        <translation>不放入資料夾</translation>
    </message>
    <message>
        <source>Put them into</source>
        <translation>放入</translation>
    </message>
    <message>
        <source>Name of the folder</source>
        <translation>資料夾名稱</translation>
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
            <numerusform>%n 個對話已在資料夾「{folder}」中</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) imported</source>
        <translation>
            <numerusform>已匯入 %n 個對話</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) with new messages</source>
        <translation>
            <numerusform>%n 個對話有新訊息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n chat(s) back from Recently deleted</source>
        <translation>
            <numerusform>從「最近刪除」還原了 %n 個對話</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new folder(s)</source>
        <translation>
            <numerusform>%n 個新資料夾</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s)</source>
        <translation>
            <numerusform>%n 個預設集</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s)</source>
        <translation>
            <numerusform>%n 個術語表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n glossary(s) imported</source>
        <translation>
            <numerusform>已匯入 %n 個術語表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n preset(s) imported</source>
        <translation>
            <numerusform>已匯入 %n 個預設集</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n provider(s) added</source>
        <translation>
            <numerusform>已新增 %n 個供應商</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_RowTexts</name>
    <message>
        <source>Untitled chat</source>
        <translation>無標題對話</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>已在這裡</translation>
    </message>
    <message numerus="yes">
        <source>%n new message(s)</source>
        <translation>
            <numerusform>%n 條新訊息</numerusform>
        </translation>
    </message>
    <message>
        <source>In Recently deleted</source>
        <translation>在「最近刪除」中</translation>
    </message>
</context>
<context>
    <name>_Rows</name>
    <message>
        <source>{chosen} of {count} chosen</source>
        <translation>已選 {chosen} 個，共 {count} 個</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>已選</translation>
    </message>
    <message>
        <source>not chosen</source>
        <translation>未選</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 個檔案</numerusform>
        </translation>
    </message>
    <message>
        <source>{size}, generated</source>
        <translation>{size}，自動生成</translation>
    </message>
    <message>
        <source>{size}, attached separately</source>
        <translation>{size}，單獨新增</translation>
    </message>
</context>
<context>
    <name>_SourceHead</name>
    <message>
        <source>Other file…</source>
        <translation>其他檔案…</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 個檔案</numerusform>
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
            <numerusform>最早的 %n 則訊息將不會一起傳送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) are not included, because the chat does not fit the context window.</source>
        <translation>
            <numerusform>最早的 %n 則訊息不會一起傳送：對話超過了模型一次能讀的長度。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) are sent as a summary.</source>
        <translation>
            <numerusform>最早的 %n 則訊息以摘要形式一起傳送。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n oldest message(s) will be summarised when you send.</source>
        <translation>
            <numerusform>傳送時會先概括最早的 %n 則訊息。</numerusform>
        </translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>摘要</translation>
    </message>
    <message>
        <source>Relevant passages</source>
        <translation>相關段落</translation>
    </message>
    <message>
        <source>No matching passage</source>
        <translation>沒有匹配的段落</translation>
    </message>
    <message>
        <source>{sent} of {count} passages</source>
        <translation>{count} 個段落中的 {sent} 個</translation>
    </message>
    <message>
        <source>no text</source>
        <translation>無文字</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>正在讀取…</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} pages</source>
        <translation>正在讀取，第 {read}/{count} 頁</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} sheets</source>
        <translation>正在讀取，第 {read}/{count} 個工作表</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} slides</source>
        <translation>正在讀取，第 {read}/{count} 張投影片</translation>
    </message>
    <message>
        <source>Reading, {read} of {count} parts</source>
        <translation>正在讀取，第 {read}/{count} 部分</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n 頁</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s)</source>
        <translation>
            <numerusform>%n 個工作表</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slide(s)</source>
        <translation>
            <numerusform>%n 張投影片</numerusform>
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
        <translation>{name}，第 {number} 個檔案</translation>
    </message>
    <message>
        <source>{sent} of {count} pages</source>
        <translation>{count} 頁中的 {sent} 頁</translation>
    </message>
    <message>
        <source>{sent} of {count} sheets</source>
        <translation>{count} 個工作表中的 {sent} 個</translation>
    </message>
    <message>
        <source>{sent} of {count} slides</source>
        <translation>{count} 張投影片中的 {sent} 張</translation>
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
        <translation>文字文件</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>投影片</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Book</source>
        <translation>電子書</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>格式化文字</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>網頁</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>電子郵件</translation>
    </message>
    <message>
        <source>Notebook</source>
        <translation>筆記本</translation>
    </message>
    <message>
        <source>Subtitles</source>
        <translation>字幕</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>程式碼</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message numerus="yes">
        <source>%n attachment(s)</source>
        <translation>
            <numerusform>%n 個附件</numerusform>
        </translation>
    </message>
    <message>
        <source>Page {number}</source>
        <translation>第 {number} 頁</translation>
    </message>
    <message>
        <source>Sheet {number}</source>
        <translation>工作表 {number}</translation>
    </message>
    <message>
        <source>Slide {number}</source>
        <translation>投影片 {number}</translation>
    </message>
    <message>
        <source>Chapter {number}</source>
        <translation>第 {number} 章</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>在此文件中尋找</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>關閉</translation>
    </message>
    <message>
        <source>{name}, page {number}</source>
        <translation>{name}，第 {number} 頁</translation>
    </message>
    <message>
        <source>{name}, sheet {number}</source>
        <translation>{name}，第 {number} 個工作表</translation>
    </message>
    <message>
        <source>{name}, slide {number}</source>
        <translation>{name}，第 {number} 張投影片</translation>
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
        <translation>正在讀取，第 {read} 個檔案，共 {count} 個</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s)</source>
        <translation>
            <numerusform>%n 個檔案</numerusform>
        </translation>
    </message>
    <message>
        <source>File {number}</source>
        <translation>第 {number} 個檔案</translation>
    </message>
    <message>
        <source>{sent} of {count} files</source>
        <translation>{count} 個檔案中的 {sent} 個</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>檔案</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Scanned, no text</source>
        <translation>掃描件，沒有文字</translation>
    </message>
    <message>
        <source>Scanned, {pages}</source>
        <translation>掃描件，{pages}</translation>
    </message>
    <message>
        <source>Its text cannot be read reliably</source>
        <translation>文字無法正常讀取</translation>
    </message>
    <message>
        <source>{pages} as pictures</source>
        <translation>{pages}，作為圖片</translation>
    </message>
    <message>
        <source>As pictures</source>
        <translation>作為圖片</translation>
    </message>
    <message>
        <source>Recognised text</source>
        <translation>辨識的文字</translation>
    </message>
    <message>
        <source>As text</source>
        <translation>作為文字</translation>
    </message>
    <message>
        <source>Off. What was shared stays on all computers and in the folder.</source>
        <translation>已關閉。已共享的內容仍保留在所有電腦和該資料夾中。</translation>
    </message>
    <message>
        <source>Set up…</source>
        <translation>設定…</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>顯示…</translation>
    </message>
    <message>
        <source>Synchronising…</source>
        <translation>正在同步…</translation>
    </message>
    <message>
        <source>Synchronised {time}. No other computer uses the folder yet.</source>
        <translation>{time}已同步。尚無其他電腦使用該資料夾。</translation>
    </message>
    <message numerus="yes">
        <source>Synchronised {time} with %n other computer(s)</source>
        <translation>
            <numerusform>{time}已與 %n 台其他電腦同步</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Texts</name>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 個 token</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n token(s)</source>
        <translation>
            <numerusform>約 %n 個 token</numerusform>
        </translation>
    </message>
</context>
</TS>

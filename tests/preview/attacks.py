"""Pages that try to reach the network by every way a browser has. Each attempt marks itself once its code has run, so that none is idle."""

import json

# Every attempt asks for a path of its own at AT (the canary), and for the same name at a host that would have to be looked up.
_EVERYWHERE = {
    "fetch": "fetch(AT('fetch')).catch(no)",
    "fetch-no-cors": "fetch(AT('fetch-no-cors'), {mode: 'no-cors', method: 'POST', body: 'x', keepalive: true}).catch(no)",
    "fetch-6": "fetch(`http://[::1]:${PORT}/fetch-6`).catch(no)",
    "fetch-0": "fetch(`http://0.0.0.0:${PORT}/fetch-0`).catch(no)",
    "fetch-localhost": "fetch(`http://localhost:${PORT}/fetch-localhost`).catch(no)",
    "fetch-name": "fetch('http://fetch-name.example.org/').catch(no)",
    "xhr": "const x = new XMLHttpRequest(); x.open('GET', AT('xhr')); x.send()",
    "xhr-sync": "const x = new XMLHttpRequest(); x.open('GET', AT('xhr-sync'), false); x.send()",
    "eventsource": "new EventSource(AT('eventsource'))",
    "websocket": "new WebSocket(AT('websocket').replace('http', 'ws'))",
    "websocket-name": "new WebSocket('wss://websocket-name.example.org/')",
    "websocket-stream": "new WebSocketStream(AT('websocket-stream').replace('http', 'ws'))",
    "webtransport": "new WebTransport(`https://127.0.0.1:${PORT}/webtransport`)",
    "import": "import(AT('import.js')).catch(no)",
    "file": "fetch('file:///etc/passwd').then(() => leak('file'), no)",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('${AT('worker')}')`])))",
    "worker-direct": "new Worker(AT('worker-direct.js'))",
}
_IN_DOCUMENTS = {
    "beacon": "navigator.sendBeacon(AT('beacon'), 'x')",
    "shared-worker": "new SharedWorker(AT('shared-worker.js'))",
    "service-worker": "navigator.serviceWorker.register(AT('service-worker.js')).catch(no)",
    "worklet": "new AudioContext().audioWorklet.addModule(AT('worklet.js')).catch(no)",
    "image": "new Image().src = AT('image')",
    "image-srcset": "new Image().srcset = AT('image-srcset')",
    "image-name": "new Image().src = 'http://image-name.example.org/'",
    "audio": "new Audio(AT('audio')).load()",
    "video": "add('<video autoplay muted src=\"' + AT('video') + '\"></video>')",
    "poster": "add('<video poster=\"' + AT('poster') + '\"></video>')",
    "script": "append('script', {src: AT('script.js')})",
    "module": "append('script', {type: 'module', src: AT('module.js')})",
    "stylesheet": "append('link', {rel: 'stylesheet', href: AT('stylesheet.css')})",
    "css-import": "append('style', {textContent: `@import '${AT('css-import.css')}'`})",
    "css-image": "append('div', {style: `background: url(${AT('css-image')})`, textContent: 'x'})",
    "css-font": "append('style', {textContent: `@font-face{font-family:f;src:url(${AT('css-font')})} *{font-family:f}`})",
    "font-face": "new FontFace('g', `url(${AT('font-face')})`).load().catch(no)",
    "svg-image": "add('<svg><image href=\"' + AT('svg-image') + '\"/></svg>')",
    "svg-use": "add('<svg><use href=\"' + AT('svg-use') + '#x\"/></svg>')",
    "object": "add('<object data=\"' + AT('object') + '\"></object>')",
    "embed": "add('<embed src=\"' + AT('embed') + '\">')",
    "css-import-url": "append('style', {textContent: `@import url(${AT('css-import-url')}) screen`})",
    "css-image-set": "append('div', {style: `background: image-set(url(${AT('css-image-set')}) 1x)`, textContent: 'x'})",
    "css-cursor": "append('div', {style: `cursor: url(${AT('css-cursor')}), auto; position: fixed; inset: 0`})",
    "css-mask": "append('div', {style: `mask-image: url(${AT('css-mask')})`, textContent: 'x'})",
    "css-filter": "append('div', {style: `filter: url(${AT('css-filter')}#f)`, textContent: 'x'})",
    "css-content": "append('style', {textContent: `body::after { content: url(${AT('css-content')}) }`})",
    "css-list": "append('li', {style: `list-style-image: url(${AT('css-list')})`, textContent: 'x'})",
    "css-border": "append('div', {style: `border: 1px solid; border-image: url(${AT('css-border')}) 1`, textContent: 'x'})",
    "css-shape": "append('div', {style: `float: left; shape-outside: url(${AT('css-shape')}); width: 9px; height: 9px`})",
    "css-variable": "append('div', {style: `--a: url(${AT('css-variable')}); background: var(--a)`, textContent: 'x'})",
    "css-adopted": "const sheet = new CSSStyleSheet(); sheet.replaceSync(`body { background: url(${AT('css-adopted')}) }`);"
    " document.adoptedStyleSheets.push(sheet)",
    "css-paint": "CSS.paintWorklet.addModule(AT('css-paint.js')).catch(no)",
    "svg-filter": "add(`<svg width=9 height=9><filter id=f><feImage href='${AT('svg-filter')}'/></filter>"
    "<rect width=9 height=9 filter='url(#f)'/></svg>`)",
    "svg-script": "const s = document.createElementNS('http://www.w3.org/2000/svg', 'script'); s.setAttribute('href', AT('svg-script.js'));"
    " append('svg', {}).append(s)",
    "input-image": "append('input', {type: 'image', src: AT('input-image')})",
    "background": "document.body.setAttribute('background', AT('background'))",
    "picture": "add(`<picture><source srcset='${AT('picture')}'><img></picture>`)",
    "track": "add(`<video><track default src='${AT('track')}'></video>`)",
    "source": "add(`<audio autoplay muted><source src='${AT('source')}'></audio>`)",
    "frameset": "add(`<frameset><frame src='${AT('frameset')}'></frameset>`)",
    "fenced-frame": "append('fencedframe', {src: AT('fenced-frame')}).config ="
    " self.FencedFrameConfig && new FencedFrameConfig(AT('fenced'))",
    "portal": "append('portal', {src: AT('portal')})",
    "frame-javascript": "append('iframe', {src: `javascript:fetch('${AT('frame-javascript')}')`})",
    "frame-srcdoc-base": "append('iframe', {srcdoc: `<base href='${AT('')}'><img src=frame-srcdoc-base>`})",
    "frame-sandbox": "add(`<iframe sandbox='allow-scripts allow-same-origin allow-popups'"
    " srcdoc=\"<img src='${AT('frame-sandbox')}'>\"></iframe>`)",
    "frame-of-a-frame": "append('iframe', {srcdoc:"
    " `<iframe srcdoc='<iframe srcdoc=&quot;<img src=${AT('frame-of-a-frame')}>&quot;></iframe>'>`})",
    "preload-fetch": "append('link', {rel: 'preload', as: 'fetch', href: AT('preload-fetch')})",
    "preload-font": "append('link', {rel: 'preload', as: 'font', crossOrigin: '', href: AT('preload-font')})",
    "preload-style": "append('link', {rel: 'preload', as: 'style', href: AT('preload-style.css')})",
    "preload-name": "append('link', {rel: 'preload', as: 'fetch', href: 'http://preload-name.example.org/'})",
    "dictionary": "append('link', {rel: 'compression-dictionary', href: AT('dictionary')})",
    "bundle": "append('script', {type: 'webbundle', textContent: JSON.stringify({source: AT('bundle'), resources: [AT('in-bundle')]})})",
    "import-map": "append('script', {type: 'importmap', textContent: JSON.stringify({imports: {far: AT('import-map.js')}})});"
    " append('script', {type: 'module', textContent: \"import 'far'\"})",
    "speculation-document": "append('script', {type: 'speculationrules', textContent: JSON.stringify({prefetch:"
    " [{source: 'document', where: {href_matches: '/*'}, eagerness: 'immediate'}]})}); append('a', {href: AT('speculation-document')})",
    "attribution": "append('img', {attributionSrc: AT('attribution')}).setAttribute('attributionsrc', AT('attribution'))",
    "fetch-later": "fetchLater(AT('fetch-later'), {activateAfter: 0})",
    "xslt": "const x = new XSLTProcessor(); x.importStylesheet(new DOMParser().parseFromString(`<xsl:stylesheet version='1.0'"
    " xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:import href='${AT('xslt')}'/></xsl:stylesheet>`, 'text/xml'))",
    "entity": "new DOMParser().parseFromString(`<!DOCTYPE a [<!ENTITY b SYSTEM '${AT('entity')}'>]><a>&b;</a>`, 'text/xml')",
    "payment": "new PaymentRequest([{supportedMethods: AT('payment')}], {total: {label: 'x', amount:"
    " {currency: 'EUR', value: '1'}}}).show()"
    ".catch(no)",
    "presentation": "new PresentationRequest([AT('presentation')]).start().catch(no)",
    "federated": "navigator.credentials.get({identity: {providers: [{configURL: AT('federated'), clientId: 'x'}]}}).catch(no)",
    "document-domain": "document.domain = 'example.org'",
    "leave": "addEventListener('pagehide', () => navigator.sendBeacon(AT('leave'))); dispatchEvent(new Event('pagehide'))",
    "frame": "add('<iframe src=\"' + AT('frame') + '\"></iframe>')",
    "frame-file": "add('<iframe src=\"file:///etc/passwd\"></iframe>')",
    "frame-data": "add(`<iframe src=\"data:text/html,<img src=${AT('frame-data')}>\"></iframe>`)",
    "frame-blob": "append('iframe', {src: URL.createObjectURL(new Blob([`<img src=${AT('frame-blob')}>`], {type: 'text/html'}))})",
    "frame-location": "append('iframe', {}).contentWindow.location = AT('frame-location')",
    "icon": "document.head.append(Object.assign(document.createElement('link'), {rel: 'icon', href: AT('icon')}))",
    "manifest": "append('link', {rel: 'manifest', href: AT('manifest')})",
    "dns-prefetch": "append('link', {rel: 'dns-prefetch', href: 'http://dns-prefetch.example.org/'})",
    "preconnect": "append('link', {rel: 'preconnect', href: AT('')})",
    "preconnect-name": "append('link', {rel: 'preconnect', href: 'http://preconnect-name.example.org/'})",
    "prefetch": "append('link', {rel: 'prefetch', href: AT('prefetch')})",
    "preload": "append('link', {rel: 'preload', as: 'image', href: AT('preload')})",
    "modulepreload": "append('link', {rel: 'modulepreload', href: AT('modulepreload.js')})",
    "prerender": "append('link', {rel: 'prerender', href: AT('prerender')})",
    "speculation": "append('script', {type: 'speculationrules', textContent: JSON.stringify({prefetch:"
    " [{source: 'list', urls: [AT('speculation')]}], prerender: [{source: 'list', urls: [AT('speculation-2')]}]})})",
    "dns-control": "append('meta', {httpEquiv: 'x-dns-prefetch-control', content: 'on'});"
    " add('<a href=http://dns-control.example.org/>x</a>')",
    "base": "append('base', {href: AT('')}); new Image().src = 'base'",
    "ping": "const a = append('a', {href: '#x', ping: AT('ping'), textContent: 'x'}); a.click()",
    "open": "window.open(AT('open'))",
    "open-noopener": "window.open(AT('open-noopener'), '_blank', 'noopener')",
    "link-blank": "append('a', {href: AT('link-blank'), target: '_blank', textContent: 'x'}).click()",
    "form-get": "const f = append('form', {action: AT('form-get'), target: '_blank'}); f.submit()",
    "form-post": "const f = append('form', {action: AT('form-post'), method: 'post', target: '_blank'});"
    " const b = document.createElement('button'); b.formAction = AT('form-action'); f.append(b); b.click()",
    "form-javascript": "const f = append('form', {action: `javascript:fetch('${AT('form-javascript')}')`}); f.submit()",
    "rtc": "const p = new RTCPeerConnection({iceServers: [{urls: `stun:127.0.0.1:${PORT}`}]}); p.createDataChannel('x');"
    " p.createOffer().then(o => p.setLocalDescription(o))",
    "rtc-turn": "const p = new RTCPeerConnection({iceServers: [{urls: `turn:127.0.0.1:${PORT}?transport=tcp`, username: 'u',"
    " credential: 'c'}]}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o))",
    "report-uri": "document.head.append(Object.assign(document.createElement('meta'), {httpEquiv: 'Content-Security-Policy',"
    " content: `style-src-attr 'none'; report-uri ${AT('report-uri')}`})); add('<i style=color:red>x</i>')",
    "rtc-of-a-frame": "const w = append('iframe', {}).contentWindow; const p = new w.RTCPeerConnection({iceServers: [{urls:"
    " `stun:127.0.0.1:${PORT}`}]}); p.createDataChannel('x'); p.createOffer().then(o => p.setLocalDescription(o))",
}
_IN_WORKERS = {"import-scripts": "importScripts(AT('import-scripts.js'))"}
_NAVIGATIONS = {
    "location": "location = AT('location')",
    "location-replace": "location.replace(AT('location-replace'))",
    "reload": "addEventListener('pagehide', () => navigator.sendBeacon(AT('reload'))); location.reload()",
    "history": "history.go(0); history.back()",
    "navigate": "navigation.navigate(AT('navigate'))",
    "location-javascript": "location = `javascript:fetch('${AT('location-javascript')}')`",
    "open-self": "window.open(AT('open-self'), '_self')",
    "open-top": "window.open(AT('open-top'), '_top')",
    "form-self": "append('form', {action: AT('form-self')}).requestSubmit()",
    "svg-link": "add(`<svg><a href='${AT('svg-link')}'><text>x</text></a></svg>`);"
    " document.querySelector('svg a').dispatchEvent(new MouseEvent('click'))",
    "math": "add(`<math><mtext href='${AT('math')}' id=m>x</mtext></math>`);"
    " document.querySelector('#m').dispatchEvent(new MouseEvent('click'))",
    "frame-top": "add(`<iframe sandbox='allow-scripts allow-top-navigation' srcdoc=\"<a target=_top href='${AT('frame-top')}'>x</a>"
    '<script>document.links[0].click()<\\/script>"></iframe>`)',
    "location-filesystem": "location = 'filesystem:' + AT('x')",
    "location-devtools": "location = 'devtools://devtools/bundled/inspector.html'",
    "location-intent": "location = 'intent://x#Intent;scheme=http;end'",
    "location-extension": "location = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html'",
    "location-name": "location = 'https://location-name.example.org/'",
    "link": "append('a', {href: AT('link'), textContent: 'x'}).click()",
    "link-top": "append('a', {href: AT('link-top'), target: '_top', textContent: 'x'}).click()",
    "meta-refresh": "append('meta', {httpEquiv: 'refresh', content: '0;url=' + AT('meta-refresh')})",
    "form-top": "append('form', {action: AT('form-top'), target: '_top'}).submit()",
    "document-open": "document.open(); document.write(`<img src='${AT('document-open')}'>`); document.close()",
    "location-file": "location = 'file:///etc/passwd'",
    "location-chrome": "location = 'chrome://version'",
    "location-qrc": "location = 'qrc:/x'",
    "location-view-source": "location = 'view-source:' + AT('view-source')",
    "location-data": "location = 'data:text/html,<h1>x</h1>'",
    "location-blob": "location = URL.createObjectURL(new Blob(['<h1>x</h1>'], {type: 'text/html'}))",
    "location-preview": "location = 'preview://other/'",
    "location-mailto": "location = 'mailto:a@example.org'",
}
_TOOLS = """
const PORT = %d, AT = path => `http://127.0.0.1:${PORT}/${path}`, no = () => {};
const add = html => document.body.append(document.createRange().createContextualFragment(html));
const append = (tag, properties) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) name === "style" ? element.style = value : element[name] = value;
  document.body.append(element); return element;
};
const leak = name => mark('LEAK ' + name);
const attempts = async all => {
  for (const [name, code] of Object.entries(all)) {
    try { new Function('PORT', 'AT', 'no', 'add', 'append', 'leak', code)(PORT, AT, no, add, append, leak); mark(name); }
    catch (error) { mark(name + '!' + error.name); }
  }
  await new Promise(done => setTimeout(done, 600));
  mark('settled');
};
"""
_MAIN = "<!doctype html><meta charset=utf-8><body><script>window.marks = []; const keep = e => marks.push(e.data);"


def pages(port: int) -> dict[str, str]:
    """Return the pages by name; in each `marks` ends with "settled". `port` is the canary's."""
    tools = _TOOLS % port
    documents = json.dumps(_EVERYWHERE | _IN_DOCUMENTS)
    workers = json.dumps(_EVERYWHERE | _IN_WORKERS)
    inner = f"<body><script>const mark = n => parent.postMessage(n, '*'); {tools} attempts({documents})</script>"
    quoted = json.dumps(inner).replace("</", "<\\/")
    worker = json.dumps(f"const mark = n => postMessage(n); {tools} attempts({workers})")
    main = f"{_MAIN} const mark = n => marks.push(n); {tools}"
    report_progress = f"{_MAIN} onmessage = keep;"
    return {
        "main": f"{main} attempts({documents})</script>",
        "srcdoc": f"{report_progress} const f = document.createElement('iframe'); f.srcdoc = {quoted}; document.body.append(f)</script>",
        "blank": f"{report_progress} const f = document.createElement('iframe'); document.body.append(f);"
        f" if (f.contentDocument) {{ f.contentDocument.write({quoted}); f.contentDocument.close() }}"
        " else marks.push('out of reach', 'settled')</script>",
        "worker": f"{report_progress} new Worker(URL.createObjectURL(new Blob([{worker}]))).onmessage = keep</script>",
        **{
            name: f"{main} addEventListener('load', () => attempts({json.dumps({name: code})}))</script>"
            for name, code in _NAVIGATIONS.items()
        },
    }


def attempts(page: str) -> list[str]:
    """Return the names of what a page tries."""
    if page in _NAVIGATIONS:
        return [page]
    return list(_EVERYWHERE | (_IN_WORKERS if page == "worker" else _IN_DOCUMENTS))


_REACHED = """
    fetch fetch-6 fetch-0 fetch-localhost fetch-no-cors xhr xhr-sync eventsource websocket websocket-stream import worker worker-direct
    beacon shared-worker image image-srcset audio video poster script module stylesheet css-import css-image font-face svg-image svg-use
    object embed frame frame-data frame-blob frame-location prefetch preload modulepreload base form-javascript import-scripts
    css-import-url css-image-set css-cursor css-mask css-filter css-content css-list css-border css-shape css-variable css-adopted css-paint
    svg-filter svg-script input-image picture track source frame-javascript frame-srcdoc-base frame-sandbox frame-of-a-frame
    preload-fetch preload-font preload-style import-map leave
    location location-replace link link-top meta-refresh form-top document-open
    reload navigate location-javascript open-self open-top form-self svg-link frame-top
"""
REACHED = frozenset(_REACHED.split())
"""What Qt's Chromium really asks for when it may."""


def reached_by(page: str) -> list[str]:
    """Return the names of what a page reaches in a browser without our layers, as `Canary.names` counts them."""
    if page in {"srcdoc", "blank", "worker"}:
        return ["fetch"]
    return [name for name in attempts(page) if name in REACHED] + ["udp"] * (page == "main")

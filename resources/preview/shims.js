// A function, called in every frame of a preview before the page's own scripts (preview/shims.py). A help for honest pages and a second
// layer against others: nothing here is what keeps a page in, and nothing a page says through it is trusted.
((kept, question, mostItems, mostCharacters) => {
  "use strict";
  const drop = (names) => { for (const name of names) try { delete window[name]; } catch { /* not there */ } };
  drop(["RTCPeerConnection", "webkitRTCPeerConnection", "RTCDataChannel", "RTCSessionDescription", "RTCIceCandidate", "WebTransport"]);

  // In a click Chromium would let a page write to the clipboard this way, whatever its settings say. A frame's own `execCommand` is
  // no way round: a page cannot reach into its frames, which are strangers to it and begin here too.
  const command = Document.prototype.execCommand;
  Document.prototype.execCommand = function (name, ...values) {
    const wanted = String(name);
    return !/copy|cut|paste/i.test(wanted) && command.call(this, wanted, ...values);
  };

  // Without a graphics card that Chromium trusts there is no WebGL (docs/architecture.md says why no software takes its place).
  let missed = false;
  const openOnScreen = HTMLCanvasElement.prototype.getContext;
  for (const kind of [HTMLCanvasElement, OffscreenCanvas]) {
    const open = kind.prototype.getContext;
    kind.prototype.getContext = function (name, ...values) {
      const context = open.call(this, name, ...values);
      if (!context && !missed && /webgl/i.test(String(name)) && !openOnScreen.call(document.createElement("canvas"), "webgl")) {
        missed = true;
        console.warn("WebGL is not available here: there is no graphics card that can be used safely.");
      }
      return context;
    };
  }

  // Chromium gives the mouse pointer to no page of an opaque origin. So the window keeps it over the page once a person has allowed it, and
  // what pages see of that is played here. A page that plays it unasked fools only itself.
  const say = console.log.bind(console);
  const hide = new CSSStyleSheet();
  hide.replaceSync("* { cursor: none !important }");
  let holder = null, asking = null;
  const hold = (element) => {
    holder = element;
    const others = document.adoptedStyleSheets.filter((sheet) => sheet !== hide);
    document.adoptedStyleSheets = element ? [...others, hide] : others;
    document.dispatchEvent(new Event("pointerlockchange", { bubbles: true }));
  };
  Object.defineProperty(Document.prototype, "pointerLockElement", { get: () => holder, configurable: true });
  Element.prototype.requestPointerLock = function () {
    if (!navigator.userActivation.isActive || !this.isConnected) {
      document.dispatchEvent(new Event("pointerlockerror", { bubbles: true }));
      return Promise.reject(new DOMException("A user gesture is required to request Pointer Lock.", "NotAllowedError"));
    }
    if (holder) { hold(this); return Promise.resolve(); }
    say("\u0001\u0001pointer wanted");
    return new Promise((resolve) => { asking = { element: this, resolve }; });
  };
  Document.prototype.exitPointerLock = function () {
    if (holder) { hold(null); say("\u0001\u0001pointer left"); }
  };
  addEventListener("chatdesk-pointer-given", () => {
    if (asking) { hold(asking.element); asking.resolve(); asking = null; }
  });
  for (const [name, size] of [["movementX", "innerWidth"], ["movementY", "innerHeight"]]) {
    const { get } = Object.getOwnPropertyDescriptor(MouseEvent.prototype, name);
    Object.defineProperty(MouseEvent.prototype, name, {
      get() {
        const moved = get.call(this);
        return holder && Math.abs(moved) > window[size] / 3 ? 0 : moved;  // the window has put the pointer back into the middle
      },
      enumerable: true,
      configurable: true,
    });
  }

  // An opaque origin has no storage; pages that keep a high score would end on their first line. What a page's last run left behind, if
  // a person allowed that, comes in as `kept`. All that is used later is taken now: a page may put anything in its place.
  const uncurried = Function.prototype.bind.bind(Function.prototype.call);
  const take = uncurried(Map.prototype.get), put = uncurried(Map.prototype.set), discard = uncurried(Map.prototype.delete);
  const empty = uncurried(Map.prototype.clear), each = uncurried(Map.prototype.forEach);
  const count = uncurried(Object.getOwnPropertyDescriptor(Map.prototype, "size").get);
  const written = JSON.stringify, text = String;
  class MemoryStorage {
    #shelf;
    constructor(shelf) { this.#shelf = shelf; }
    get length() { return count(this.#shelf.items); }
    key(index) { return [...this.#shelf.items.keys()][index] ?? null; }
    getItem(key) { return take(this.#shelf.items, text(key)) ?? null; }
    setItem(key, value) {
      const name = text(key), next = text(value);
      if (take(this.#shelf.items, name) === next) return;
      put(this.#shelf.items, name, next);
      this.#shelf.changes += 1;
    }
    removeItem(key) { if (discard(this.#shelf.items, text(key))) this.#shelf.changes += 1; }
    clear() { if (count(this.#shelf.items)) { empty(this.#shelf.items); this.#shelf.changes += 1; } }
    static open(shelf) {
      const storage = new MemoryStorage(shelf);
      return new Proxy(storage, {
        get(target, key) {
          if (typeof key === "symbol" || key in target) {
            const value = Reflect.get(target, key, target);
            return typeof value === "function" ? value.bind(target) : value;
          }
          return target.getItem(key) ?? undefined;
        },
        set(target, key, value) { target.setItem(key, value); return true; },
        has(target, key) { return key in storage || target.getItem(key) !== null; },
        deleteProperty(target, key) { target.removeItem(key); return true; },
        ownKeys(target) { return Array.from({ length: target.length }, (_, index) => target.key(index)); },
        getOwnPropertyDescriptor(target, key) {
          const value = target.getItem(key);
          return value === null ? undefined : { value, writable: true, enumerable: true, configurable: true };
        },
      });
    }
  }
  const shelf = { items: new Map(window === window.top ? kept : []), changes: 0 };
  for (const [name, its] of [["localStorage", shelf], ["sessionStorage", { items: new Map(), changes: 0 }]])
    Object.defineProperty(window, name, { value: MemoryStorage.open(its), enumerable: true, configurable: true });

  // The window asks for what is on the shelf by an event under a name that only this run has, from a world of its own
  // (preview/storage_watch.py). The answer is JSON without objects, as a page may give every object a `toJSON`.
  const listen = uncurried(EventTarget.prototype.addEventListener), tell = uncurried(EventTarget.prototype.dispatchEvent);
  const asked = uncurried(Object.getOwnPropertyDescriptor(CustomEvent.prototype, "detail").get), Answer = CustomEvent;
  listen(document, question, (event) => {
    if (shelf.changes === asked(event)) return;
    let json = "", size = 0;
    each(shelf.items, (value, key) => {
      size += key.length + value.length;
      if (size <= mostCharacters) json += `${json && ","}[${written(key)},${written(value)}]`;
    });
    const fits = count(shelf.items) <= mostItems && size <= mostCharacters;
    tell(document, new Answer(`${question}!`, { __proto__: null, detail: `${shelf.changes} ${fits ? `[${json}]` : ""}` }));
  });
  let cookies = new Map();
  Object.defineProperty(document, "cookie", {
    get: () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    set: (text) => {
      const [pair] = String(text).split(";");
      const at = pair.indexOf("=");
      if (at > 0) cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
    },
    configurable: true,
  });

  // Console lines carry what Chromium would show as "[object Object]", and where they were written. At most 200 a second leave the page.
  const started = performance.now();
  let second = 0, sent = 0, dropped = 0;
  const show = (value, depth) => {
    if (typeof value === "string") return depth ? JSON.stringify(value) : value;
    if (value instanceof Error) return value.stack || String(value);
    if (typeof value === "function") return `function ${value.name || "(anonymous)"}`;
    if (typeof value !== "object" || value === null) return typeof value === "bigint" ? `${value}n` : String(value);
    if (value instanceof Element) return `<${value.tagName.toLowerCase()}>`;
    if (depth > 2) return Array.isArray(value) ? "[…]" : "{…}";
    if (value instanceof Map) return `Map(${value.size}) ${show(Object.fromEntries([...value].slice(0, 50)), depth + 1)}`;
    if (value instanceof Set) return `Set(${value.size}) ${show([...value].slice(0, 50), depth + 1)}`;
    if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const items = Array.from(value.length > 100 ? value.slice(0, 100) : value, (item) => show(item, depth + 1));
      return `[${items.join(", ")}${value.length > 100 ? ", …" : ""}]`;
    }
    const keys = Object.keys(value).slice(0, 50);
    return `{${keys.map((key) => `${key}: ${show(value[key], depth + 1)}`).join(", ")}}`;
  };
  const place = () => {
    const lines = (new Error().stack || "").split("\n").slice(3);
    const match = lines.map((line) => /preview:\/\/[^/]*\/:(\d+):(\d+)/.exec(line)).find(Boolean);
    return match ? `${match[1]}:${match[2]}` : "";
  };
  for (const name of ["log", "info", "debug", "warn", "error"]) {
    const write = console[name].bind(console);
    console[name] = (...values) => {
      const now = Math.floor((performance.now() - started) / 1000);
      if (now !== second) {
        if (dropped) write(`\u0001\u0001… ${dropped} more`);
        second = now; sent = dropped = 0;
      }
      if (++sent > 200) { dropped += 1; return; }
      let text;
      try { text = values.map((value) => show(value, 0)).join(" "); } catch (error) { text = String(error); }
      write(`\u0001${place()}\u0001${text.length > 10000 ? text.slice(0, 10000) + "…" : text}`);
    };
  }
  const table = console.log;
  console.table = (value) => table(value);
  console.dir = (value) => table(value);
  console.assert = (holds, ...values) => { if (!holds) console.error("Assertion failed:", ...values); };
})

// Compiles the files of `data`, resolves what they import, and shows the component. Every failure becomes a sentence.
(() => {
  const root = document.getElementById("root");
  const dom = ReactDOM;
  let mounted = false;
  const client = {
    ...dom,
    createRoot: (...given) => ((mounted = true), dom.createRoot(...given)),
    hydrateRoot: (...given) => ((mounted = true), dom.hydrateRoot(...given)),
    render: (...given) => ((mounted = true), dom.render(...given)),
  };
  const jsx = (type, { children, ...properties }, key) => {
    const given = key === undefined ? properties : { ...properties, key };
    if (children === undefined) return React.createElement(type, given);
    return Array.isArray(children) ? React.createElement(type, given, ...children) : React.createElement(type, given, children);
  };
  const runtime = { Fragment: React.Fragment, jsx, jsxs: jsx, jsxDEV: jsx };
  const packages = {
    react: React,
    "react-dom": client,
    "react-dom/client": client,
    "react/jsx-runtime": runtime,
    "react/jsx-dev-runtime": runtime,
  };
  // Code that imports nothing finds `useState` and the like all the same.
  for (const [name, value] of Object.entries(React)) if (!(name in globalThis)) globalThis[name] = value;
  globalThis.ReactDOM = client;

  class Failure extends Error {}
  const fail = (sentence, file, line) => Object.assign(new Failure(sentence), { file, line });
  const fill = (sentence, field, value) => sentence.replace(`{${field}}`, () => value);
  const lineOf = (text, words) => {
    const position = text.search(new RegExp(`["']${words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}["']`));
    return position < 0 ? 1 : text.slice(0, position).split(/\r\n|[\n\r\u2028\u2029]/).length; // as errors count them
  };
  const required = (code) => [...new Set([...code.matchAll(/\brequire\(\s*["']([^"'\n]+)["']\s*\)/g)].map((found) => found[1]))];
  const isRelative = (name) => /^[./~@]\/|^\.\./.test(name);
  // The compiler drops an import whose names are no values. It may be one of types; else it is one that everybody would stumble on.
  const isOfTypes = (text, name) => {
    const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const clause = new RegExp(`\\bimport\\s*([\\w$*{][^;'"\`()]{0,1000}?)\\bfrom\\s*["']${quoted}["']`).exec(text);
    const names = (clause ? clause[1].match(/[\w$]+/g) || [] : []).filter((word) => !["as", "default", "type"].includes(word));
    const others = new Set((clause ? text.replace(clause[0], " ") : text).match(/[\w$]+/g));
    return names.some((word) => others.has(word));
  };

  function compile(file, extra) {
    let code, unused;
    try {
      const options = { transforms: ["jsx", "typescript", "imports"], production: true, jsxRuntime: "classic" };
      code = Sucrase.transform(file.text, options).code;
      const all = required(Sucrase.transform(file.text, { ...options, keepUnusedImports: true }).code);
      const used = required(code);
      unused = all.filter((name) => !used.includes(name) && !isRelative(name) && !isOfTypes(file.text, name));
    } catch (error) {
      const message = String(error.message).replace(/^Error transforming [^:]*: /, "");
      throw fail(fill(data.words.notCompiled, "reason", message), file.name, (error.loc && error.loc.line) || 1);
    }
    const absent = [...required(code), ...unused].filter((name) => !(name in packages) && !(name in file.imports) && !/\.(css|scss|sass|less)$/.test(name));
    const [relative, foreign] = [absent.filter(isRelative), absent.filter((name) => !isRelative(name))];
    if (foreign.length) throw fail(fill(data.words.missingPackages, "names", foreign.join(", ")), file.name, lineOf(file.text, foreign[0]));
    if (relative.length) throw fail(fill(data.words.missingFile, "names", relative.join(", ")), file.name, lineOf(file.text, relative[0]));
    // The wrapper stands on the first line, so that lines stay what they are.
    return (0, eval)(`(function (require, module, exports) {${code}\n${extra}\n})\n//# sourceURL=${file.name}`);
  }

  const loaded = new Map();
  function load(index, extra = "") {
    if (loaded.has(index)) return loaded.get(index).exports;
    const file = data.files[index];
    const module = { exports: {} };
    loaded.set(index, module);
    if (file.style) {
      const style = document.createElement("style");
      style.textContent = file.text;
      document.head.append(style);
      return module.exports;
    }
    const require = (name) => (name in packages ? packages[name] : name in file.imports ? load(file.imports[name]) : {});
    compile(file, extra).call(undefined, require, module, module.exports);
    return module.exports;
  }

  class Boundary extends React.Component {
    constructor(properties) {
      super(properties);
      this.state = { failed: false };
    }
    static getDerivedStateFromError() {
      return { failed: true };
    }
    componentDidCatch(error) {
      const place = /([^\s()]+):(\d+):\d+/g;
      const places = [...String((error && error.stack) || "").matchAll(place)];
      const own = places.find((found) => data.files.some((file) => file.name === found[1]));
      const message = fill(data.words.failed, "reason", String((error && error.message) || error));
      report(own ? own[1] : data.files[0].name, own ? Number(own[2]) : 1, message);
    }
    render() {
      return this.state.failed ? null : this.props.children;
    }
  }

  const isComponent = (value) => typeof value === "function" || (typeof value === "object" && value !== null && "$$typeof" in value);
  try {
    const named = data.components.map((name) => `typeof ${name} === "undefined" ? undefined : ${name}`);
    const exported = load(0, `;module.components = [${named.join(", ")}];`);
    const component = [exported.default, ...loaded.get(0).components.filter((value) => Object.values(exported).includes(value)),
      ...loaded.get(0).components, exported].find(isComponent);
    if (!mounted && component) {
      const shown = React.isValidElement(component) ? component : React.createElement(component);
      dom.createRoot(root).render(React.createElement(Boundary, null, shown));
    } else if (!mounted) throw fail(data.words.noComponent, data.files[0].name, 1);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    report(error.file, error.line, error.message);
  }
})();

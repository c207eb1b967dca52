"""Code whose tokens reach over line ends, in the languages that come up most."""

SAMPLES = {
    "python": (
        "def f(x: int = 0x1F) -> str:  # comment\n"
        '    """doc\n'
        "    string # no comment\n"
        '    """\n'
        "    return rf\"{x!r:>{9}} \\n\" + '''a\n"
        "b'''\n"
        "\n"
        "@cache\n"
        "class A(Exception): pass\n"
    ),
    "html": (
        "<!DOCTYPE html>\n"
        "<!-- a\n"
        " b -->\n"
        "<p class='x'\n"
        ' id="y">t &amp; u</p>\n'
        "<style>\n"
        "/* a\n"
        " b */ .c { color: #fff }\n"
        "</style>\n"
        "<script>\n"
        "const x = `a\n"
        "<b>`; // c\n"
        "/* d\n"
        " e */\n"
        "</script>\n"
        "<b>x</b>\n"
    ),
    "javascript": (
        "const a = `x ${b + `y\n"
        "` + {c: 1}} \n"
        " /* not a comment ${1} */ z`;\n"
        "/* real\n"
        " comment */ function f(x) { return /re\\/g/.test(x) }\n"
        "class A extends B {}\n"
    ),
    "typescript": ("interface A<T> { x: number; f?(): string }\nconst y = `a\n${z}` as const;\n/* m\n*/\n"),
    "c": (
        "#include <stdio.h>\n"
        "/* multi\n"
        " line */\n"
        "int main(void) {\n"
        "  size_t n = 0x1F; // c\n"
        '  printf("%d\\n", n);\n'
        "#define A(x) \\\n"
        "  (x+1)\n"
        "}\n"
    ),
    "cpp": ("#include <vector>\n/* a\n*/ template<class T> class X : public Y { std::vector<T> v; };\n"),
    "diff": ("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new\n same\n"),
    "css": ("/* a\n b */\n.a { color: #fff; }\n@media x { b { c: d } }\n"),
    "java": ('/** doc\n * x */\npublic class A { String s = "x"; int f(int a) { return a+1; } }\n'),
    "go": ('package main\n/* a\n b */\nvar s = `raw\nstring`\nfunc main() { fmt.Println("x") }\n'),
    "rust": ('/* a /* b */\n c */\nfn main() { let x: &\'static str = "a"; println!("{}", x); }\n'),
    "sql": ("SELECT a, 'x' FROM t -- c\n/* m\n n */ WHERE b = 1;\n"),
    "bash": ('#!/bin/bash\nfor i in $(ls); do\n  echo "a $i\n b" # c\ndone\n'),
    "yaml": ('a: 1\nb:\n  - x\n  - "y"\nc: |\n  text\n  more: not a key\nd: >-\n  folded\ne: {a: b, c: [1, 2]} # c\n'),
    "ruby": ('# c\nclass A < B\n  def f(x) = "a#{x}"\nend\n'),
    "json": ('{\n "a": [1, true, null],\n "b": "c"\n}\n'),
    "xml": ("<?xml version='1.0'?>\n<!-- a\n b -->\n<a b=\"c\"><d/></a>\n<![CDATA[ x\n y ]]>\n"),
    "php": ('<?php\n/* a\n b */\nfunction f($x) { return "a $x"; }\n?>\n<p>x</p>\n'),
    "lua": ("--[[ a\nb ]]\nlocal x = [[ y\nz ]]\n"),
    "haskell": ('{- a\n b -}\nmain :: IO ()\nmain = putStrLn "x"\n'),
    "kotlin": ('/* a\n*/\nfun main() { val s = """a\n b""" }\n'),
    "csharp": ('/* a\n*/\nclass A { string s = @"a\nb"; int F(int x) => x; }\n'),
    "swift": ('/* a\n*/\nfunc f(_ x: Int) -> String { "\\(x)" }\n'),
    "toml": ('[a]\nb = 1\ns = """x\ny"""\n'),
    "vue": ("<template>\n<p>{{ a }}</p>\n</template>\n<script>\nconst x = `a\nb`\n</script>\n"),
}

import ScriptCheck
import Testing

/// Modules are looked for where the runtime looks, and checked too.
@Suite struct RequireTests {
    @Test func `modules of the program and of Lua need no file`() {
        #expect(
            CheckedScript.lines("local a, b, c, d = require 'json', require 'string', require 'io', require 'task'")
                == []
        )
    }

    @Test func `a module lies beside the script, as a file or as a folder`() {
        let files = ["bench/codec.lua": "return {}", "bench/lib/x/init.lua": "return {}"]
        let problems = CheckedScript.problems(
            "local codec, x = require 'codec', require 'lib.x'",
            path: "bench/main.lua",
            files: files
        )
        #expect(problems == [])
    }

    @Test func `further folders come after the script's own`() {
        let files = ["codec.lua": "x = 1", "lib/codec.lua": "y = 1", "lib/other.lua": "z = 1"]
        #expect(
            CheckedScript.lines("require 'codec' require 'other'", files: files, modulePaths: ["lib"]) == [
                "codec.lua:1: undeclared global 'x' (write \"local x\")",
                "lib/other.lua:1: undeclared global 'z' (write \"local z\")",
            ]
        )
    }

    @Test func `what is nowhere is named with the places tried`() {
        #expect(
            CheckedScript.lines("\nlocal x = require 'a.b'") == [
                "t.lua:2: module 'a.b' not found (tried a/b.lua and a/b/init.lua; --module-path DIR adds a folder)"
            ]
        )
        #expect(
            CheckedScript.lines("require 'lib/x.lua'") == [
                "t.lua:1: 'lib/x.lua' is no module name (letters, digits, _ and -, joined by dots; without .lua)"
            ]
        )
    }

    @Test func `modules that require each other are checked once`() {
        let files = ["a.lua": "require 'b' x = 1", "b.lua": "require 'a' require 'b'"]
        #expect(
            CheckedScript.lines("require 'a' require 'a'", files: files) == [
                "a.lua:1: undeclared global 'x' (write \"local x\")"
            ]
        )
    }

    @Test func `names that a compatibility module brings are there from then on`() {
        let source = """
            require "compat.luatos"
            PROJECT = "demo"
            local mqtt = require "mqtt"
            _G.sys = require("sys")
            _G.sysplus = require("sysplus")
            local client = mqtt.create(nil, "h", 1883)
            client:conect()
            sys.wiat(1)
            mobile.imie()
            """
        #expect(
            CheckedScript.lines(source) == [
                "t.lua:7: mqttc has no 'conect' (did you mean 'connect'?)",
                "t.lua:8: sys has no 'wiat' (did you mean 'wait'?)",
                "t.lua:9: mobile has no 'imie' (did you mean 'imei'?)",
            ]
        )
        #expect(CheckedScript.lines("print(mobile)\nrequire 'sys'").count == 2)
    }

    @Test func `what a module changes of the globals holds for the script too`() {
        let files = ["strings.lua": "function string.trim(s) return s end rawset(_G, 'LEVEL', 1) return {}"]
        let source = "require 'strings' print(('x'):trim(), string.trim(' '), LEVEL)"
        #expect(CheckedScript.lines(source, files: files) == [])
    }

    @Test func `a module that is no Lua is a problem of its own file`() {
        #expect(
            CheckedScript.lines("require 'a'", files: ["a.lua": "\nlocal 1"]) == [
                "a.lua:2: <name> expected near '1' (Lua 5.4 cannot read this)"
            ]
        )
    }
}

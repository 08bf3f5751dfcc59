import LuaRuntime
import Testing

@Suite struct ModuleTests {
    @Test func aModuleIsLoadedOnce() async throws {
        let files = ["net/init.lua": "print('loading', ...) return { answer = 42 }"]
        let run = try await withFolder(files) { folder in
            await lua("print(require('net').answer, require('net') == require 'net')") { $0.folder = folder }
        }
        #expect(run.text == "loading\tnet\tnet/init.lua\n42\ttrue\n", "\(run.outcome)")
    }

    /// As `luaL_loadfile` reads them.
    @Test(arguments: ["", "\u{FEFF}", "#!/usr/bin/env moonwire", "\u{FEFF}# a comment"])
    func whatStandsBeforeTheFirstLineOfAFileIsNoLua(beginning: String) async throws {
        let files = ["m.lua": beginning + "\nreturn debug.traceback()"]
        let run = try await withFolder(files) { folder in
            await lua(beginning + "\nprint(require 'm')\nerror 'here'") { $0.folder = folder }
        }
        #expect(run.text.contains("m.lua:2:"), "\(run.outcome)")
        #expect(run.failure?.location == "test.lua:3")
    }

    @Test func aCycleNamesItsChain() async throws {
        let files = ["a.lua": "local b = require 'b' return b", "b.lua": "local a = require 'a' return a"]
        let run = try await withFolder(files) { folder in
            await lua("require 'a'") { $0.folder = folder }
        }
        #expect(run.failure?.message == "modules require each other: a -> b -> a")
        #expect(run.failure?.location == "b.lua:1")
    }

    @Test func anErrorInAModuleKeepsItsPlace() async throws {
        let run = try await withFolder(["bad.lua": "\n\nerror('here')"]) { folder in
            await lua("local x = 1\nrequire 'bad'") { $0.folder = folder }
        }
        #expect(run.failure?.location == "bad.lua:3")
        #expect(run.failure?.traceback?.contains("test.lua:2: in main chunk") == true)
    }

    @Test func aMissingModuleSaysWhereItWasSought() async throws {
        let run = try await withFolder([:]) { folder in
            await lua("require 'socket.core'") { $0.folder = folder }
        }
        #expect(
            run.failure?.description
                == "test.lua:1: module 'socket.core' not found (tried socket/core.lua, socket/core/init.lua)"
        )
    }

    @Test func aSecondTaskWaitsForAModuleBeingLoaded() async throws {
        let run = try await withFolder(["slow.lua": "time.sleep(0.02) print('once') return {}"]) { folder in
            await lua(
                """
                task.scope(function(s)
                  local a = s:spawn(function() return require 'slow' end)
                  local b = s:spawn(function() return require 'slow' end)
                  print(a:join() == b:join())
                end)
                """
            ) { $0.folder = folder }
        }
        #expect(run.text == "once\ntrue\n", "\(run.outcome)")
    }
}

import LuaRuntime
import ModemScripting
import Testing

/// Everything that the script interface promises is there, at run time and in the reference.
@Suite struct ScriptSurfaceTests {
    /// Names that scripts write, by the expression that holds them. `:` marks methods and properties of objects.
    private static let surface: [(holder: String, names: String)] = [
        ("_G", "modem params arg step measure check fail skip defer log task time json hex base64 hash file secret"),
        ("_G", "x509 moonwire require warn print"),
        ("modem:", "at try on expect urcs events info signal registration wait_registered pdp addresses clock"),
        ("modem:", "set_clock sync_clock restart port profile profile_name open close certs tls mqtt sim"),
        ("modem.certs:", "list install delete sync"),
        ("modem.tls:", "context"),
        ("ctx:", "read apply index"),
        ("x509", "inspect check"),
        ("modem.mqtt:", "client state reset"),
        ("client:", "connect subscribe unsubscribe publish receive messages next_message on_lost disconnect release"),
        ("client:", "index connected dropped"),
        ("sub:", "close dropped"),
        ("waiter:", "wait close"),
        ("lines:", "close dropped"),
        ("next_message:", "wait close"),
        ("task", "scope current"),
        ("scope:", "spawn race"),
        ("handle:", "join try_join cancel name state"),
        ("time", "sleep now monotonic iso after"),
        ("timer:", "wait"),
        ("secret", "env file text"),
        ("json", "encode decode null"),
        ("hex", "encode decode"),
        ("base64", "encode decode"),
        ("hash", "sha256 crc32"),
        ("file", "read write append"),
        ("log", "trace debug info warning warn error"),
        ("moonwire", "require api"),
    ]

    @Test func everyNameIsThereAtRunTime() async throws {
        let checks = Self.surface.flatMap { holder, names in
            names.split(separator: " ").map { name in
                let value = holder.hasSuffix(":") ? "\(holder.dropLast()).\(name)" : "\(holder).\(name)"
                let mayBeNil = ["modem.sim"].contains(value)
                return "there(\"\(value)\", function() return \(value) end, \(mayBeNil))"
            }
        }
        let result = try await ScriptBench().run(
            """
            local ctx = modem.tls:context(3)
            local client <close> = modem.mqtt:client{ id = "unit-001" }
            local sub = modem:on("+CREG", function() end)
            local waiter <close> = modem:expect("+CREG")
            local lines = modem:urcs("+CREG")
            local next_message <close> = client:next_message("a")
            local timer = time.after(1)
            local function there(name, get, may_be_nil)
                local ok, value = pcall(get)
                if not ok or (value == nil and not may_be_nil) then print(name, value) end
            end
            task.scope(function(scope)
            local handle = scope:spawn(function() end)
            \(checks.joined(separator: "\n"))
            end)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "")
    }

    /// The runtime gives nothing that the reference does not name.
    @Test func everyNameIsInTheReference() {
        let reference = ScriptAPI.reference
        let known = Set(reference.entries.map(\.name) + reference.modules.map(\.name))
        // Lua's own, and the tables themselves.
        let others: Set<String> = ["print", "_G"]
        for (holder, names) in Self.surface {
            for name in names.split(separator: " ").map(String.init) where !others.contains(name) {
                #expect(known.contains(name), "\(holder)\(name)")
            }
        }
    }

    @Test func aScriptPinsTheVersionOfTheInterface() async throws {
        let result = try await ScriptBench().run("moonwire.require(1) print(moonwire.api) moonwire.require(2)")
        #expect(result.output == "1\n")
        #expect(result.report.failure?.kind == .check)
    }
}

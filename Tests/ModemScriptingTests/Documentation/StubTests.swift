import LuaRuntime
import ModemScripting
import Testing

/// What editors are given is Lua, and names everything that scripts can write.
@Suite struct StubTests {
    private static let text = LuaStubs.text(ScriptAPI.reference, header: ["header"])
    private static let lines = Set(text.split(separator: "\n").map(String.init))

    @Test func theStubsAreValidLua() async throws {
        // Compiled as a whole, and left again before the first definition.
        let result = try await ScriptBench().run("do return end\n" + Self.text)
        #expect(result.report.failure == nil)
        guard case .finished = result.outcome.ending else {
            Issue.record("\(result.outcome.ending)")
            return
        }
    }

    @Test func everyFunctionHasAStub() {
        let known: Set<String> = ["io", "os", "base"]
        for module in ScriptAPI.reference.modules where !known.contains(module.name) {
            for entry in module.ownEntries {
                guard case .function(let function) = entry.kind else { continue }
                let names = function.documentation.parameters.map(\.name).joined(separator: ", ")
                #expect(Self.lines.contains("function \(entry.path)(\(names)) end"))
            }
            for luaClass in module.classes {
                for function in luaClass.functions {
                    let names = function.documentation.parameters.map(\.name).joined(separator: ", ")
                    let mark = function.isMethod ? ":" : "."
                    #expect(Self.lines.contains("function class_\(luaClass.name)\(mark)\(function.name)(\(names)) end"))
                }
            }
        }
    }

    @Test func everyClassRecordAndTableOfOptionsIsAClass() {
        let reference = ScriptAPI.reference
        for name in reference.classes.map(\.name) + reference.records.map(\.name) {
            #expect(Self.lines.contains("---@class \(name)"))
        }
        #expect(Self.lines.contains("---@class MQTTClientPublishOptions"))
        #expect(Self.lines.contains("---@class MQTTClientOptionsWill"), "a table within the options")
        #expect(Self.text.contains("---@class MQTTClientSubscribeFilter\n---@field [integer] string\n"))
    }

    @Test func typesUnitsAndLimitsStandWithTheirNames() {
        #expect(Self.text.contains("---@field timeout? number|string Total, for the whole loop. (s, default 60)"))
        #expect(Self.text.contains("---@param topic string Topic without wildcards. (bytes, 1…1024)"))
        #expect(
            Self.text.contains(
                "---@field qos? integer 0: sent, 1: PUBACK has come, 2: PUBCOMP has come. (0…2, default 0)"
            )
        )
        #expect(Self.text.contains("---@field certs Certificates The certificate files of the module."))
    }

    @Test func waitsAreAsyncAndWhatIsMadeToBeUsedIsNodiscard() throws {
        #expect(try marks(of: "function class_MQTTClient:publish(topic, payload, options) end") == ["---@async"])
        #expect(try marks(of: "function class_MQTT:client(options) end") == ["---@async", "---@nodiscard"])
        #expect(try marks(of: "function class_Modem:expect(pattern, options) end") == ["---@nodiscard"])
        #expect(try marks(of: "function class_Modem:on(pattern, fn, options) end") == [])
        #expect(try marks(of: "function x509.check(options) end") == [])
        #expect(try marks(of: "function hex.encode(bytes) end") == ["---@nodiscard"])
    }

    private func marks(of definition: String) throws -> [String] {
        let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let index = try #require(lines.firstIndex(of: definition), "\(definition)")
        return lines[..<index].reversed().prefix { !$0.isEmpty }.filter { $0 == "---@async" || $0 == "---@nodiscard" }
            .reversed()
    }
}

import LuaRuntime
import ModemScripting
import Testing

/// The binding table says everything a script author needs.
@Suite struct DocumentationTests {
    static let functions: [String: LuaReference.Function] = Dictionary(
        ScriptAPI.reference.entries.compactMap { entry in
            if case .function(let function) = entry.kind { ("\(entry.owner) \(entry.path)", function) } else { nil }
        },
        uniquingKeysWith: { first, _ in first }
    )

    /// Those that cannot fail, whatever they are given.
    private static let infallible: Set<String> = [
        "Modem modem:profile_name", "Modem modem:close", "Subscription sub:close", "LineWaiter waiter:close",
        "LineIterator lines:close", "MessageIterator messages:close", "MessageWaiter waiter:close",
        "Simulator modem.sim:clear", "task task.current", "Task t:cancel", "time time.now", "time time.monotonic",
        "io io.type", "file f:flush", "file f:close",
    ]

    @Test(arguments: functions.keys.sorted())
    func everyFunctionIsDescribed(path: String) throws {
        let documentation = try #require(Self.functions[path]).documentation
        #expect(documentation.summary.hasSuffix("."), "\(path): one sentence")
        #expect(!documentation.example.isEmpty, "\(path): an example")
        #expect(!documentation.errors.isEmpty || Self.infallible.contains(path), "\(path): which errors")
        #expect(documentation.errors.allSatisfy { !$0.when.isEmpty })
        #expect(documentation.results.allSatisfy { !$0.type.isEmpty && !$0.summary.isEmpty })
        for parameter in documentation.parameters { check(parameter, of: path) }
    }

    private func check(_ parameter: LuaDocumentation.Parameter, of path: String) {
        #expect(!parameter.type.isEmpty, "\(path): the type of \(parameter.name)")
        #expect(!parameter.summary.isEmpty, "\(path): what \(parameter.name) is")
        let isNumber = parameter.type.split(separator: "|").contains { $0 == "number" || $0 == "integer" }
        if isNumber, parameter.name != "...", parameter.name != "value" {
            #expect(parameter.unit != nil || parameter.range != nil, "\(path): unit or range of \(parameter.name)")
        }
        for option in parameter.options { check(option, of: path) }
    }

    @Test func everyTypeThatIsNamedIsDescribed() {
        let reference = ScriptAPI.reference
        let known = Set(reference.classes.map(\.name) + reference.records.map(\.name))
        for (path, function) in Self.functions {
            let documentation = function.documentation
            let types = documentation.results.map(\.type) + documentation.parameters.map(\.type)
            for word in types.flatMap(Self.typeNames) { #expect(known.contains(word), "\(path): the type \(word)") }
        }
        for record in reference.records {
            for field in record.fields {
                #expect(!field.summary.isEmpty, "\(record.name).\(field.name)")
                for word in Self.typeNames(field.type) { #expect(known.contains(word), "\(record.name): \(word)") }
            }
        }
    }

    /// Names in a type that begin with a capital letter: classes and records.
    private static func typeNames(_ type: String) -> [String] {
        type.split { !$0.isLetter }.map(String.init).filter { $0.first?.isUppercase ?? false }
    }

    @Test func everyValueAndFieldIsDescribed() {
        for entry in ScriptAPI.reference.entries {
            guard case .field(let field) = entry.kind else { continue }
            #expect(!field.type.isEmpty && field.summary.hasSuffix("."), "\(entry.path)")
        }
        for luaClass in ScriptAPI.reference.classes { #expect(luaClass.summary.hasSuffix("."), "\(luaClass.name)") }
        for module in ScriptAPI.reference.modules { #expect(module.summary.hasSuffix("."), "\(module.name)") }
    }
}

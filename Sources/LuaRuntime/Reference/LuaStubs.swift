/// The script interface in the notation of the Lua language server: what editors complete and check.
///
/// The text is a Lua file that is never run; `---@meta` says so to the editor.
public struct LuaStubs {
    private let reference: LuaReference
    private var text: String

    /// - Parameter header: comment lines on top: who wrote the file, and that it is overwritten.
    public static func text(_ reference: LuaReference, header: [String]) -> String {
        var stubs = LuaStubs(reference: reference, text: "---@meta\n")
        for line in header { stubs.line("-- " + line) }
        for record in reference.records { stubs.add(record) }
        for luaClass in reference.classes { stubs.add(luaClass) }
        for module in reference.modules where !editorKnows.contains(module.name) { stubs.add(module) }
        return stubs.text
    }

    private init(reference: LuaReference, text: String) {
        self.reference = reference
        self.text = text
    }

    /// Modules that the editor's own library of Lua has.
    private static let editorKnows: Set<String> = ["io", "os", "base"]

    /// Results that may be thrown away: the call was made for what it does.
    private static let discardable: Set<String> = ["Subscription", "Task", "boolean", "true", "..."]

    private mutating func line(_ content: String = "") {
        text += content + "\n"
    }

    private mutating func comment(_ content: String) {
        for part in content.split(separator: "\n", omittingEmptySubsequences: false) { line("---" + part) }
    }

    private mutating func add(_ record: LuaDocumentation.Record) {
        line()
        comment(record.summary)
        line("---@class \(record.name)")
        for field in record.fields { line("---@field \(field.name)\(field.isOptional ? "?" : "") \(described(field))") }
    }

    private mutating func add(_ luaClass: LuaReference.Class) {
        for function in luaClass.functions { addOptions(of: function, owner: luaClass.name) }
        line()
        comment(luaClass.summary)
        line("---@class \(luaClass.name)")
        for property in luaClass.properties { line("---@field \(property.name) \(property.type) \(property.summary)") }
        if let iteration = luaClass.iteration {
            line("---@overload fun(): \(iteration.documentation.results.first?.type ?? "any")")
        }
        line("local \(Self.identifier(luaClass.name)) = {}")
        for function in luaClass.functions {
            let separator = function.isMethod ? ":" : "."
            add(function, as: Self.identifier(luaClass.name) + separator + function.name, owner: luaClass.name)
        }
    }

    /// A name for the local that carries the methods: classes may be called like a keyword or a global.
    private static func identifier(_ name: String) -> String { "class_" + name }

    private mutating func add(_ module: LuaReference.Module) {
        for function in module.functions { addOptions(of: function, owner: module.name) }
        let prefix: String
        switch module.placement {
        case .globals:
            prefix = ""
        case .global, .required:
            prefix = module.name + "."
            line()
            comment(module.summary)
            if let provider = module.provider { comment("There after `require \"\(provider)\"`.") }
            line("\(module.name) = {}")
        }
        for constant in module.constants {
            line()
            comment(constant.summary)
            line("---@type \(constant.type)")
            line("\(prefix)\(constant.name) = nil")
        }
        for function in module.functions { add(function, as: prefix + function.name, owner: module.name) }
    }

    private mutating func add(_ function: LuaReference.Function, as name: String, owner: String) {
        let documentation = function.documentation
        line()
        comment(documentation.summary)
        if !documentation.example.isEmpty {
            comment("```lua\n\(documentation.example)\n```")
        }
        if function.waits { line("---@async") }
        if isNodiscard(function) { line("---@nodiscard") }
        for parameter in documentation.parameters {
            let type = parameter.options.isEmpty ? parameter.type : optionType(parameter, function, owner)
            let mark = parameter.isOptional && parameter.name != "..." ? "?" : ""
            line("---@param \(parameter.name)\(mark) \(type) \(words(parameter))")
        }
        for result in documentation.results {
            line("---@return \(result.type == "..." ? "any ..." : result.type) # \(result.summary)")
        }
        line("function \(name)(\(documentation.parameters.map(\.name).joined(separator: ", "))) end")
    }

    /// Whether the result is what the call is for.
    private func isNodiscard(_ function: LuaReference.Function) -> Bool {
        let documentation = function.documentation
        guard let first = documentation.results.first?.type, !Self.discardable.contains(first) else { return false }
        if reference.luaClass(named: first)?.isClosable ?? false { return true }
        return !function.waits && !documentation.errors.contains { $0.kind == .check }
    }

    // MARK: Option tables

    private mutating func addOptions(of function: LuaReference.Function, owner: String) {
        for parameter in function.documentation.parameters where !parameter.options.isEmpty {
            let items = parameter.type.split(separator: "|").first.flatMap { $0 == "table" ? nil : String($0) }
            add(options: parameter.options, as: optionClass(function, owner, parameter), items: items)
        }
    }

    /// - Parameter items: the type of what stands in the table beside the options.
    private mutating func add(options: [LuaDocumentation.Parameter], as name: String, items: String? = nil) {
        for option in options where !option.options.isEmpty {
            add(options: option.options, as: name + Self.capitalized(option.name))
        }
        line()
        line("---@class \(name)")
        if let items { line("---@field [integer] \(items)") }
        for option in options {
            let type = option.options.isEmpty ? option.type : name + Self.capitalized(option.name)
            line("---@field \(option.name)\(option.isOptional ? "?" : "") \(described(option, type: type))")
        }
    }

    private func optionClass(
        _ function: LuaReference.Function,
        _ owner: String,
        _ parameter: LuaDocumentation.Parameter
    ) -> String {
        let words = owner.split(separator: ".") + function.name.split { $0 == "_" || $0 == "." }
        return words.map { Self.capitalized(String($0)) }.joined() + Self.capitalized(parameter.name)
    }

    /// A table of options is its own class; `string|table` keeps its other types.
    private func optionType(
        _ parameter: LuaDocumentation.Parameter,
        _ function: LuaReference.Function,
        _ owner: String
    ) -> String {
        let name = optionClass(function, owner, parameter)
        return parameter.type.split(separator: "|").map { $0.hasPrefix("table") ? name : String($0) }
            .joined(separator: "|")
    }

    private func described(_ parameter: LuaDocumentation.Parameter, type: String? = nil) -> String {
        "\(type ?? parameter.type) \(words(parameter))"
    }

    /// That it may be left out, the editor knows from the mark.
    private func words(_ parameter: LuaDocumentation.Parameter) -> String {
        let limits = parameter.limits(saying: .whatTheMarkDoesNot)
        return limits.isEmpty ? parameter.summary : "\(parameter.summary) (\(limits))"
    }

    private static func capitalized(_ name: String) -> String {
        name.prefix(1).uppercased() + name.dropFirst()
    }
}

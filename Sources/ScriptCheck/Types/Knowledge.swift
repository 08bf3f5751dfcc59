import LuaRuntime

/// The script interface and Lua's library, by name.
struct Knowledge: Sendable {
    let classes: [String: LuaReference.Class]
    let records: [String: LuaDocumentation.Record]
    /// What the interface puts among the globals, and into tables: module, then name.
    private let members: [String: [String: ValueType]]
    /// Global names that are there once a module was required.
    let provided: [String: [String]]
    /// Names that `require` knows without a file.
    let requirable: Set<String>
    private let typesByNotation: @Sendable (String) -> ValueType

    init(_ reference: LuaReference) {
        let classes = Dictionary(reference.classes.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let records = Dictionary(reference.records.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let parse: @Sendable (String) -> ValueType = { Self.type($0, Set(classes.keys), Set(records.keys)) }
        var members: [String: [String: ValueType]] = [:]
        var provided: [String: [String]] = [:]
        for library in StockLibrary.names where !library.key.isEmpty {
            members["", default: [:]][library.key] = .module(library.key)
            for name in library.value { members[library.key, default: [:]][name] = .function }
        }
        for name in StockLibrary.names[""] ?? [] { members["", default: [:]][name] = .function }
        members[""]?["_G"] = .globals
        members[""]?["_VERSION"] = .string
        for name in ["huge", "pi", "maxinteger", "mininteger"] { members["math"]?[name] = .number }
        members["utf8"]?["charpattern"] = .string
        members["package"]?["config"] = .string
        members["package"]?["loaded"] = .table
        for module in reference.modules {
            let place = module.placement == .globals ? "" : module.name
            if module.placement == .global { members["", default: [:]][module.name] = .module(module.name) }
            for entry in module.ownEntries {
                members[place, default: [:]][entry.name] = Self.value(of: entry, owner: nil, parse)
            }
            if let provider = module.provider {
                provided[provider, default: []] +=
                    module.placement == .globals ? module.ownEntries.map(\.name) : [module.name]
            }
        }
        self.classes = classes
        self.records = records
        self.members = members
        self.provided = provided
        requirable = Set(StockLibrary.names.keys.filter { !$0.isEmpty } + ["_G"])
            .union(reference.modules.filter { $0.placement != .globals && $0.provider == nil }.map(\.name))
            .union(provided.keys)
        typesByNotation = parse
    }

    private static func value(
        of entry: LuaReference.Entry,
        owner: String?,
        _ parse: (String) -> ValueType
    ) -> ValueType {
        switch entry.kind {
        case .field(let field): parse(field.type)
        case .function(let function): .callable(Callable(path: entry.path, function: function, owner: owner))
        }
    }

    // MARK: Members

    func names(in module: String) -> [String] { members[module].map { Array($0.keys) } ?? [] }

    func member(_ name: String, of module: String) -> ValueType? { members[module]?[name] }

    func global(_ name: String) -> ValueType? { members[""]?[name] }

    /// A method or property of a class.
    func member(_ name: String, ofClass className: String) -> ValueType? {
        guard let luaClass = classes[className] else { return nil }
        return luaClass.entries.first { $0.name == name && !$0.path.contains(" ") }
            .map { Self.value(of: $0, owner: className, typesByNotation) }
    }

    func names(ofClass className: String) -> [String] {
        classes[className]?.entries.filter { !$0.path.contains(" ") }.map(\.name) ?? []
    }

    func field(_ name: String, ofRecord recordName: String) -> ValueType? {
        records[recordName]?.fields.first { $0.name == name }.map { typesByNotation($0.type) }
    }

    func names(ofRecord recordName: String) -> [String] {
        records[recordName]?.fields.map(\.name) ?? []
    }

    // MARK: Types

    func type(_ notation: String) -> ValueType { typesByNotation(notation) }

    /// What a value of a documented type is; a union of several is not known.
    private static func type(_ text: String, _ classes: Set<String>, _ records: Set<String>) -> ValueType {
        let notation = TypeNotation(text)
        guard notation.alternatives.count == 1, let only = notation.alternatives.first else { return .unknown }
        if let signature = TypeNotation.signature(of: only) {
            return signature.result.map { .iterator(type($0, classes, records)) } ?? .function
        }
        if only.hasSuffix("[]") { return .list(type(String(only.dropLast(2)), classes, records)) }
        if classes.contains(only) { return .instance(only) }
        if records.contains(only) { return .record(only) }
        // What may be nil is no argument of a known type.
        if notation.allowsNil { return .unknown }
        switch only {
        case "string": return .string
        case "number", "integer": return .number
        case "boolean": return .boolean
        default: return .unknown
        }
    }
}

extension Knowledge {
    /// Whether a global name is there only after a `require`.
    func isProvided(_ name: String) -> Bool { provider(of: name) != nil }

    /// The module that puts this name among the globals.
    func provider(of name: String) -> String? {
        provided.first { $0.value.contains(name) }?.key
    }
}

extension LuaReference {
    /// One name that scripts can write.
    public struct Entry: Sendable {
        public enum Kind: Sendable {
            case function(Function)
            /// A value in a module, among the globals, or in an object.
            case field(Field)
        }

        /// As a script writes it: `modem:at`, `json.decode`, `step`, `modem.port`.
        public var path: String
        public var name: String
        /// The module or class it stands in.
        public var owner: String
        public var kind: Kind
    }

    /// Every function, constant and property, module by module.
    public var entries: [Entry] {
        modules.flatMap { module in module.ownEntries + module.classes.flatMap(\.entries) }
    }

    public var classes: [Class] { modules.flatMap(\.classes) }
    public var records: [LuaDocumentation.Record] { modules.flatMap(\.records) }

    public func luaClass(named name: String) -> Class? {
        classes.first { $0.name == name }
    }
}

extension LuaReference.Module {
    /// Functions and constants of the module itself.
    public var ownEntries: [LuaReference.Entry] {
        let prefix: String
        switch placement {
        case .global, .required: prefix = name + "."
        case .globals: prefix = ""
        }
        return functions.map { function in
            .init(path: prefix + function.name, name: function.name, owner: name, kind: .function(function))
        }
            + constants.map { field in
                .init(path: prefix + field.name, name: field.name, owner: name, kind: .field(field))
            }
    }
}

extension LuaReference.Class {
    public var entries: [LuaReference.Entry] {
        functions.map { function in
            let separator = function.isMethod ? ":" : "."
            return .init(
                path: receiver + separator + function.name,
                name: function.name,
                owner: name,
                kind: .function(function)
            )
        }
            + (iteration.map { function in
                [.init(path: "for … in \(receiver)", name: function.name, owner: name, kind: .function(function))]
            } ?? [])
            + properties.map { field in
                .init(path: receiver + "." + field.name, name: field.name, owner: name, kind: .field(field))
            }
    }
}

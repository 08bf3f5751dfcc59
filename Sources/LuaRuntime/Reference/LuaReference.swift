/// The binding table in words alone: what editors, `moonwire doc` and `moonwire check` know of the script interface.
public struct LuaReference: Sendable {
    public struct Function: Sendable {
        public var name: String
        public var documentation: LuaDocumentation
        /// Whether a call may suspend its task.
        public var waits: Bool
        /// Called with a colon on an object.
        public var isMethod: Bool

        public init(_ name: String, _ documentation: LuaDocumentation, waits: Bool = false, isMethod: Bool = false) {
            self.name = name
            self.documentation = documentation
            self.waits = waits
            self.isMethod = isMethod
        }
    }

    public struct Field: Sendable {
        public var name: String
        /// LuaLS notation.
        public var type: String
        public var summary: String

        public init(_ name: String, _ type: String, _ summary: String) {
            self.name = name
            self.type = type
            self.summary = summary
        }
    }

    public struct Class: Sendable {
        public var name: String
        /// What scripts usually have it in: `modem.certs`, `client`.
        public var receiver: String
        public var summary: String
        public var functions: [Function]
        public var properties: [Field]
        /// What a generic `for` gets from it; nil: it is no iterator.
        public var iteration: Function?
        /// Whether `local x <close>` does more than to let it go.
        public var isClosable: Bool

        public init(
            _ name: String,
            receiver: String,
            _ summary: String,
            functions: [Function],
            properties: [Field] = [],
            iteration: Function? = nil,
            isClosable: Bool = false
        ) {
            self.name = name
            self.receiver = receiver
            self.summary = summary
            self.functions = functions
            self.properties = properties
            self.iteration = iteration
            self.isClosable = isClosable
        }
    }

    public struct Module: Sendable {
        public var name: String
        public var summary: String
        public var placement: LuaModule.Placement
        public var functions: [Function]
        public var constants: [Field]
        public var classes: [Class]
        public var records: [LuaDocumentation.Record]
        /// The module to `require` before this one's names are there; nil: they always are.
        public var provider: String?

        public init(
            _ name: String,
            _ summary: String,
            placement: LuaModule.Placement = .global,
            functions: [Function] = [],
            constants: [Field] = [],
            classes: [Class] = [],
            records: [LuaDocumentation.Record] = [],
            provider: String? = nil
        ) {
            self.name = name
            self.summary = summary
            self.placement = placement
            self.functions = functions
            self.constants = constants
            self.classes = classes
            self.records = records
            self.provider = provider
        }
    }

    public var modules: [Module]

    public init(modules: [Module]) {
        self.modules = modules
    }

    public init(_ modules: [LuaModule]) {
        self.modules = EngineReference.modules + (LuaVM.genericModules + modules).map(Module.init)
    }
}

extension LuaReference.Module {
    init(_ module: LuaModule) {
        let returned = (module.prelude?.documentation ?? [:]).sorted { $0.key < $1.key }.map { name, documentation in
            LuaReference.Function(name, documentation, waits: module.prelude?.waiting.contains(name) ?? false)
        }
        self.init(
            module.name,
            module.summary,
            placement: module.placement,
            functions: module.functions.map { LuaReference.Function($0) } + returned,
            constants: module.constants.map { LuaReference.Field($0.name, $0.type, $0.summary) },
            classes: module.classes.map { LuaReference.Class($0) },
            records: module.records
        )
    }
}

extension LuaReference.Class {
    init(_ luaClass: LuaClass) {
        self.init(
            luaClass.name,
            receiver: luaClass.receiver,
            luaClass.summary,
            functions: luaClass.methods.map { method in
                LuaReference.Function(method, isMethod: !method.options.contains(.withoutReceiver))
            },
            properties: luaClass.properties.map { LuaReference.Field($0.name, $0.type, $0.summary) },
            iteration: luaClass.call.map { LuaReference.Function($0) },
            isClosable: luaClass.close != nil
        )
    }
}

extension LuaReference.Function {
    init(_ function: LuaFunction, isMethod: Bool = false) {
        let waits: Bool
        switch function.body {
        case .synchronous: waits = false
        case .waiting, .async: waits = true
        }
        self.init(function.name, function.documentation, waits: waits, isMethod: isMethod)
    }
}

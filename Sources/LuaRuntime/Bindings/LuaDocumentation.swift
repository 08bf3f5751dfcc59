/// What a script author reads about one function. Editor stubs and `moonwire doc` are generated from it; a test fails
/// where something is missing.
public struct LuaDocumentation: Sendable {
    public struct Parameter: Sendable {
        public var name: String
        /// In LuaLS notation: `string`, `number|string`, `fun(urc: Urc)`, `table`.
        public var type: String
        /// `s`, `dBm`, `bytes`; `nil` where the value has none.
        public var unit: String?
        public var isOptional: Bool
        /// As a script would write it: `30`, `"IP"`.
        public var defaultValue: String?
        /// Smallest and largest value of a number, or length in bytes of a string.
        public var range: ClosedRange<Int64>?
        /// All values a string may have; empty: any.
        public var choices: [String]
        public var summary: String
        /// The fields of an option table.
        public var options: [Parameter]

        public init(
            _ name: String,
            _ type: String,
            unit: String? = nil,
            optional isOptional: Bool = false,
            default defaultValue: String? = nil,
            in range: ClosedRange<Int64>? = nil,
            oneOf choices: [String] = [],
            _ summary: String,
            options: [Parameter] = []
        ) {
            self.name = name
            self.type = type
            self.unit = unit
            self.isOptional = isOptional || defaultValue != nil
            self.defaultValue = defaultValue
            self.range = range
            self.choices = choices
            self.summary = summary
            self.options = options
        }
    }

    public struct Result: Sendable {
        public var type: String
        public var summary: String

        public init(_ type: String, _ summary: String) {
            self.type = type
            self.summary = summary
        }
    }

    /// A table that functions return or take, with the fields it always has.
    public struct Record: Sendable {
        /// As parameters and results name it: `Signal`.
        public var name: String
        public var summary: String
        /// An optional one may be nil.
        public var fields: [Parameter]

        public init(_ name: String, _ summary: String, fields: [Parameter]) {
            self.name = name
            self.summary = summary
            self.fields = fields
        }
    }

    public struct Raised: Sendable {
        public var kind: LuaFailure.Kind
        public var when: String

        public init(_ kind: LuaFailure.Kind, _ when: String) {
            self.kind = kind
            self.when = when
        }
    }

    /// One sentence.
    public var summary: String
    public var parameters: [Parameter]
    public var results: [Result]
    public var errors: [Raised]
    /// Lua source that a test runs.
    public var example: String

    public init(
        _ summary: String,
        parameters: [Parameter] = [],
        results: [Result] = [],
        errors: [Raised] = [],
        example: String = ""
    ) {
        self.summary = summary
        self.parameters = parameters
        self.results = results
        self.errors = errors
        self.example = example
    }
}

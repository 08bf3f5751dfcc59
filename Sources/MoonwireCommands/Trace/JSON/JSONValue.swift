/// One JSON value, as far as traces need it: whole numbers stay whole, objects keep their order.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// Any whole number of 64 bits, with a sign or without: a trace has both.
    case integer(Int128)
    /// A number with a fraction or an exponent, or one beyond `Int128`.
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    struct Member: Equatable, Sendable {
        var name: String
        var value: JSONValue
    }

    /// The member of this name of an object; nil for anything else. Of several equal names the first counts.
    subscript(name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }
}

extension JSONValue {
    /// Nil: no whole number, or none of this type.
    func integer<Number: FixedWidthInteger>(as type: Number.Type = Number.self) -> Number? {
        if case .integer(let value) = self { Number(exactly: value) } else { nil }
    }

    var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral {
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(Int128(value)) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member(name: $0, value: $1) })
    }
}

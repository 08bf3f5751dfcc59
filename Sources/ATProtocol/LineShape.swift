/// What a line must look like to be taken for an answer, a result or a known unsolicited line.
public enum LineShape: Equatable, Sendable {
    /// `prefix`, a colon, optional space, then fields. `fields` are the kinds of the leading fields, in order;
    /// `extra` says whether more fields may follow. A prefix without fields accepts the bare line (`+CMQTTNONET`).
    case prefixed([UInt8], fields: [FieldKind], extra: Extra)
    /// A line without a prefix, such as the answer to `AT+CGMM`.
    case bare(Bare)
    /// Any line that no declared unsolicited line claims: for commands nobody has described.
    case undeclared

    public enum FieldKind: Equatable, Sendable {
        case integer
        /// In quotes.
        case string
        /// Anything, empty included.
        case any
        /// This exact integer, such as a client index.
        case exactly(Int)
        /// Begins with a parenthesis, as ranges do in the answers of test forms: `(0-1)`.
        case group
    }

    public enum Extra: Equatable, Sendable { case none, allowed }

    public enum Bare: Equatable, Sendable {
        case any
        /// Decimal digits only, in this number of places.
        case digits(ClosedRange<Int>)
    }

    /// A shape by prefix alone: any fields.
    public static func prefix(_ prefix: String) -> LineShape {
        .prefixed(Array(prefix.utf8), fields: [], extra: .allowed)
    }

    public static func prefix(_ prefix: String, _ fields: FieldKind..., extra: Extra = .none) -> LineShape {
        .prefixed(Array(prefix.utf8), fields: fields, extra: extra)
    }
}

/// The checked arguments of one command, by parameter name.
public struct Arguments: Sendable {
    private let names: [String]
    private let values: [Argument]

    init(_ values: [Argument], for parameters: [Parameter]) {
        self.names = parameters.map(\.name)
        self.values = values
    }

    public subscript(name: String) -> Argument {
        guard let index = names.firstIndex(of: name), index < values.count else { return .omitted }
        return values[index]
    }

    /// Nil: left out, or not a number.
    public func integer(_ name: String) -> Int? {
        guard case .integer(let value) = self[name] else { return nil }
        return value
    }

    /// The client index; 0 where the command was not checked and has none.
    var client: Int { integer("client") ?? 0 }
}

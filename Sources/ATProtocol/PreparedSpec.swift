/// A command's spec with what reading asks of it at every line. Shared by all copies of a command.
final class PreparedSpec: Sendable {
    let spec: CommandSpec
    let traits: Traits
    private let prefixed: [LineMatcher]
    private let prefixedShapes: [LineShape]
    /// Shapes without a prefix: they never take a line of a declared unsolicited kind.
    private let others: [LineShape]

    /// What can be said without looking into arrays.
    struct Traits: Sendable {
        var hasPrompt: Bool
        var hasResult: Bool
        var hasFinals: Bool
        var hasEffects: Bool
        var hasSecretFields: Bool
        /// Whether unsolicited lines may end the exchange.
        var canBeLost: Bool
        /// Whether it has one information line and no more.
        var isSingle: Bool
        /// The one shape of its information lines; nil: it has none, several, or one that does not fit in here.
        var onlyShape: LineMatcher?
        var hasInformation: Bool
        /// `CommandSpec.maximum` in nanoseconds.
        var maximum: Int64
    }

    init(_ spec: CommandSpec) {
        self.spec = spec
        prefixedShapes = spec.information.filter(\.hasPrefix)
        prefixed = prefixedShapes.map { LineMatcher($0) }
        others = spec.information.filter { !$0.hasPrefix }
        let isOnly = prefixed.count == 1 && others.isEmpty && prefixed[0].isSelfContained
        traits = Traits(
            hasPrompt: spec.prompt != nil,
            hasResult: spec.result != nil,
            hasFinals: !spec.finals.isEmpty,
            hasEffects: !spec.effects.isEmpty,
            hasSecretFields: !spec.secretFields.isEmpty || !spec.secretLines.isEmpty,
            canBeLost: !spec.failOn.isEmpty,
            isSingle: spec.arity == .one,
            onlyShape: isOnly ? prefixed[0] : nil,
            hasInformation: !spec.information.isEmpty,
            maximum: spec.maximum.nanoseconds
        )
    }

    /// Whether an information line of this command may look like `line`.
    /// - Parameter isDeclared: an unsolicited line that looks like it is declared.
    func takesInformation(_ line: Span<UInt8>, named name: LineName, isDeclared: Bool) -> Bool {
        for index in prefixed.indices {
            if prefixed[index].accepts(line, named: name) ?? prefixedShapes[index].accepts(line) { return true }
        }
        return !isDeclared && others.contains { $0.accepts(line) }
    }

    func fails(on line: Span<UInt8>) -> Bool { spec.failOn.contains { $0.accepts(line) } }
}

extension LineShape {
    fileprivate var hasPrefix: Bool {
        switch self {
        case .prefixed: true
        case .bare, .undeclared: false
        }
    }
}

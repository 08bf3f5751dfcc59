import ATProtocol

extension CommandSpec {
    /// One exchange for commands joined in a line: the union of their shapes, one final result code.
    init(joining specs: [CommandSpec]) {
        self.init()
        for spec in specs {
            information += spec.information
            arity = arity == .none ? spec.arity : spec.arity == .none ? arity : .many
            failOn += spec.failOn
            lanes.formUnion(spec.lanes)
            clears.formUnion(spec.clears)
            effects += spec.effects
            guard !spec.secretFields.isEmpty else { continue }
            for case .prefixed(let prefix, _, _) in spec.information {
                secretLines.append(SecretLine(String(decoding: prefix, as: UTF8.self), spec.secretFields))
            }
        }
        maximum = specs.reduce(.zero) { $0 + $1.maximum }
        repeatable = specs.allSatisfy { $0.repeatable == .safe } ? .safe : .unknownOutcome
    }
}

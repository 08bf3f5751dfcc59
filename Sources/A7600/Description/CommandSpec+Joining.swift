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
        }
        maximum = specs.reduce(.zero) { $0 + $1.maximum }
        repeatable = specs.allSatisfy { $0.repeatable == .safe } ? .safe : .unknownOutcome
    }
}

/// The operators between two operands, with how strongly they bind (Lua 5.4 manual, §3.4.8).
public enum BinaryOperator: Sendable {
    case or, and
    case less, greater, lessOrEqual, greaterOrEqual, notEqual, equal
    case bitOr, bitXor, bitAnd, shiftLeft, shiftRight
    case concatenation
    case addition, subtraction
    case multiplication, division, floorDivision, modulo
    case power

    /// What binds an operand on the left and on the right; a smaller right one makes the operator group to the right.
    var priority: (left: Int, right: Int) {
        switch self {
        case .or: (1, 1)
        case .and: (2, 2)
        case .less, .greater, .lessOrEqual, .greaterOrEqual, .notEqual, .equal: (3, 3)
        case .bitOr: (4, 4)
        case .bitXor: (5, 5)
        case .bitAnd: (6, 6)
        case .shiftLeft, .shiftRight: (7, 7)
        case .concatenation: (9, 8)
        case .addition, .subtraction: (10, 10)
        case .multiplication, .division, .floorDivision, .modulo: (11, 11)
        case .power: (14, 13)
        }
    }

    static let unaryPriority = 12

    init?(_ symbol: Symbol) {
        switch symbol {
        case .or: self = .or
        case .and: self = .and
        case .less: self = .less
        case .greater: self = .greater
        case .lessOrEqual: self = .lessOrEqual
        case .greaterOrEqual: self = .greaterOrEqual
        case .notEqual: self = .notEqual
        case .equal: self = .equal
        case .pipe: self = .bitOr
        case .tilde: self = .bitXor
        case .ampersand: self = .bitAnd
        case .shiftLeft: self = .shiftLeft
        case .shiftRight: self = .shiftRight
        case .concatenation: self = .concatenation
        case .plus: self = .addition
        case .minus: self = .subtraction
        case .star: self = .multiplication
        case .slash: self = .division
        case .doubleSlash: self = .floorDivision
        case .percent: self = .modulo
        case .caret: self = .power
        case .break, .do, .else, .elseif, .end, .false, .for, .function, .goto, .if, .in, .local, .nil, .not, .repeat,
            .return, .then, .true, .until, .while, .hash, .assign, .openParenthesis, .closeParenthesis, .openBrace,
            .closeBrace, .openBracket, .closeBracket, .doubleColon, .semicolon, .colon, .comma, .dot, .ellipsis:
            return nil
        }
    }
}

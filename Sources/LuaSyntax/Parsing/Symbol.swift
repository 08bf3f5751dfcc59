/// Reserved words and punctuation.
enum Symbol: String, Sendable, CaseIterable {
    case and, `break`, `do`, `else`, elseif, end, `false`, `for`, function, goto, `if`, `in`, local, `nil`, not, or
    case `repeat`, `return`, then, `true`, until, `while`
    case plus = "+", minus = "-", star = "*", slash = "/", percent = "%", caret = "^", hash = "#"
    case ampersand = "&", tilde = "~", pipe = "|", shiftLeft = "<<", shiftRight = ">>", doubleSlash = "//"
    case equal = "==", notEqual = "~=", lessOrEqual = "<=", greaterOrEqual = ">=", less = "<", greater = ">"
    case assign = "=", openParenthesis = "(", closeParenthesis = ")", openBrace = "{", closeBrace = "}"
    case openBracket = "[", closeBracket = "]", doubleColon = "::", semicolon = ";", colon = ":", comma = ","
    case dot = ".", concatenation = "..", ellipsis = "..."

    /// Reserved words, by what they look like.
    static let words: [String: Symbol] = Dictionary(
        uniqueKeysWithValues: allCases.filter { $0.rawValue.utf8.allSatisfy { (97...122).contains($0) } }
            .map { ($0.rawValue, $0) }
    )
}

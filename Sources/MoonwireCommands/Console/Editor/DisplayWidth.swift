internal import CEditLine

/// How many columns a text takes on a terminal, in the present locale.
enum DisplayWidth {
    static func of(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { $0 + max(0, Int(moonwire_width($1.value))) }
    }
}

internal import ArgumentParser
internal import Glibc

/// When to use colours.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable, Sendable {
    case auto, always, never
}

/// Escape codes for a terminal; none where there is no terminal or nobody wants them (`NO_COLOR`).
struct Style: Sendable {
    var isColored: Bool

    init(_ choice: ColorChoice, descriptor: Int32 = STDOUT_FILENO) {
        switch choice {
        case .always: isColored = true
        case .never: isColored = false
        case .auto: isColored = isatty(descriptor) == 1 && getenv("NO_COLOR") == nil
        }
    }

    func good(_ text: String) -> String { paint(text, "32") }
    func bad(_ text: String) -> String { paint(text, "31") }
    func faint(_ text: String) -> String { paint(text, "2") }
    func strong(_ text: String) -> String { paint(text, "1") }

    private func paint(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

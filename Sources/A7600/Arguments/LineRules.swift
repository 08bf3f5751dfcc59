/// What every command line must keep to, whatever it says.
enum LineRules {
    /// - Parameter command: who is to blame in a fault.
    /// - Returns: the range behind `AT`.
    static func body(
        of line: [UInt8],
        command: String = "AT",
        profile: Profile
    ) throws(ArgumentFault) -> Range<Int> {
        if let name = line.lazy.compactMap(ASCII.framingName).first {
            throw fault(command, "a line with \(name)", allowed: "one line without control bytes")
        }
        guard line.count >= 2, ASCII.uppercased(line[0]) == UInt8(ascii: "A"),
            ASCII.uppercased(line[1]) == UInt8(ascii: "T")
        else {
            // The line itself is not shown: it may be anything, a password typed into the wrong window included.
            throw fault(
                command,
                "a line of \(line.count) bytes that does not begin with AT",
                allowed: "a line that begins with AT"
            )
        }
        guard line.count - 2 <= profile.lineLimit else {
            throw fault(command, "\(line.count - 2) bytes", allowed: "at most \(profile.lineLimit) bytes after AT")
        }
        return 2..<line.count
    }

    private static func fault(_ command: String, _ value: String, allowed: String) -> ArgumentFault {
        ArgumentFault(command: command, parameter: "line", value: value, allowed: allowed)
    }
}

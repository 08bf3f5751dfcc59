/// The settings of the AT port.
struct Terminal: Sendable {
    enum Verbosity: Equatable, Sendable { case numeric, verbose }

    var echo = true
    var verbosity = Verbosity.verbose
    /// `ATQ1`: final result codes are not sent.
    var isQuiet = false
    /// 0 `ERROR`, 1 number, 2 text.
    var cmee: Int
    var baud = 115_200
    var savedBaud = 115_200

    init(cmee: Int, baud: Int = 115_200) {
        self.cmee = cmee
        self.baud = baud
        savedBaud = baud
    }
}

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
    /// The rate after a restart.
    var savedBaud: Int
    /// `AT+IFC`: 0 none, 2 hardware, from and to the module.
    var flowControl = [0, 0]
    /// `AT+CATR`
    var urcPort = 0
    /// `AT+CSCS`; the module's own texts are ASCII in all of them.
    var characterSet = "IRA"

    init(cmee: Int, baud: Int = 115_200) {
        self.cmee = cmee
        self.baud = baud
        savedBaud = baud
    }

    /// `ATZ` and `AT&F`: the rate stays.
    mutating func reset(cmee: Int) {
        let rates = (baud, savedBaud)
        self = Terminal(cmee: cmee)
        (baud, savedBaud) = rates
    }
}

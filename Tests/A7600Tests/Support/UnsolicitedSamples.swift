/// A line for each declared unsolicited line, a line nobody declared, and a whole message.
enum UnsolicitedSamples {
    /// In the order of `UnsolicitedLine.all`; those of the message block stand in `message`.
    static let lines = [
        "+CMQTTCONNLOST: 1,1", "+CMQTTNONET", "+CMQTTPING: 1,1", "+CMQTTRECV: 1,\"t\",\"p\"", "+CREG: 5",
        "+CREG: 1,\"00D3\",\"1A2B\",7", "+CGREG: 5", "+CGREG: 1,\"00D3\",\"1A2B\",7", "+CEREG: 5",
        "+CEREG: 1,\"00D3\",\"1A2B\",7", "+CPIN: SIM REMOVED", "+CGEV: NW DETACH", "SMS DONE", "PB DONE",
        "*ISIMAID: \"A0\"", "+MSTK: 11", "*COPN: 1", "+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY",
        "+CUSD: 1,\"Line1\r\nOK\r\nLine2\",15",
    ]

    static let unknown = "+NOBODY: KNOWS,1"

    /// Its content looks like everything that could end an answer.
    static let message =
        "\r\n+CMQTTRXSTART: 1,3,33\r\n+CMQTTRXTOPIC: 1,3\r\na/b\r\n+CMQTTRXPAYLOAD: 1,33\r\n"
        + "\r\nOK\r\n>\r\nERROR\r\n+CMQTTPUB: 0,0\r\n" + "\r\n+CMQTTRXEND: 1\r\n"

    static let restarts = ["*ATREADY: 1", "RDY"]
}

import Testing

@testable import A7600

@Suite struct ResultCodeTests {
    static let names = [
        "operation succeeded", "failed", "bad UTF-8 string", "sock connect fail", "sock create fail",
        "sock close fail", "message receive fail", "network open fail", "network close fail", "network not opened",
        "client index error", "no connection", "invalid parameter", "not supported operation", "client is busy",
        "require connection fail", "sock sending fail", "timeout", "topic is empty", "client is used",
        "client not acquired", "client not released", "length out of range", "network is opened", "packet fail",
        "DNS error", "socket is closed by server", "refused: unaccepted protocol version",
        "refused: identifier rejected", "refused: server unavailable", "refused: bad user name or password",
        "refused: not authorized", "handshake fail", "not set certificate", "Open session failed",
        "Disconnect from server failed",
    ]

    @Test(arguments: zip(0..<36, names))
    func aCodeHasItsNameFromTheTable(code: Int, name: String) {
        #expect(ResultCode(rawValue: code).name == name)
    }

    @Test func everyFailureHasCausesAndAdvice() {
        #expect(ResultCode.all.count == 36)
        for code in ResultCode.all where code != .succeeded {
            #expect(!code.causes.isEmpty)
            #expect(!code.advice.isEmpty)
        }
    }

    @Test func aCodeOfNoTableIsKeptRaw() {
        let code = ResultCode(rawValue: 99)
        #expect(code.name == nil)
        #expect(code.causes.isEmpty && code.advice.isEmpty)
        #expect(code.rawValue == 99)
    }

    @Test func namedConstantsAreTheNumbersOfTheTable() {
        let constants: [ResultCode] = [
            .succeeded, .failed, .badUTF8, .socketConnectFailed, .socketCreateFailed, .socketCloseFailed,
            .messageReceiveFailed, .networkOpenFailed, .networkCloseFailed, .networkNotOpened, .clientIndexError,
            .noConnection, .invalidParameter, .notSupportedOperation, .clientBusy, .requireConnectionFailed,
            .socketSendingFailed, .timeout, .topicIsEmpty, .clientIsUsed, .clientNotAcquired, .clientNotReleased,
            .lengthOutOfRange, .networkIsOpened, .packetFailed, .dnsError, .closedByServer, .refusedProtocolVersion,
            .refusedIdentifier, .refusedServerUnavailable, .refusedUserOrPassword, .refusedNotAuthorized,
            .handshakeFailed, .certificateNotSet, .openSessionFailed, .disconnectFailed,
        ]
        #expect(constants == ResultCode.all)
    }
}

/// The code of a CMQTT result line, `+CMQTTPUB: 0,<err>`. Codes that no table has are kept raw.
///
/// Source: MQTT manual V1.00 chapter 4, the scrambled column read with V1.09.
public struct ResultCode: RawRepresentable, Hashable, Sendable {
    public var rawValue: Int

    public init(rawValue: Int) {
        self.rawValue = rawValue
    }

    public static let succeeded = ResultCode(rawValue: 0)
    public static let failed = ResultCode(rawValue: 1)
    public static let badUTF8 = ResultCode(rawValue: 2)
    public static let socketConnectFailed = ResultCode(rawValue: 3)
    public static let socketCreateFailed = ResultCode(rawValue: 4)
    public static let socketCloseFailed = ResultCode(rawValue: 5)
    public static let messageReceiveFailed = ResultCode(rawValue: 6)
    public static let networkOpenFailed = ResultCode(rawValue: 7)
    public static let networkCloseFailed = ResultCode(rawValue: 8)
    public static let networkNotOpened = ResultCode(rawValue: 9)
    public static let clientIndexError = ResultCode(rawValue: 10)
    public static let noConnection = ResultCode(rawValue: 11)
    public static let invalidParameter = ResultCode(rawValue: 12)
    public static let notSupportedOperation = ResultCode(rawValue: 13)
    public static let clientBusy = ResultCode(rawValue: 14)
    public static let requireConnectionFailed = ResultCode(rawValue: 15)
    public static let socketSendingFailed = ResultCode(rawValue: 16)
    public static let timeout = ResultCode(rawValue: 17)
    public static let topicIsEmpty = ResultCode(rawValue: 18)
    public static let clientIsUsed = ResultCode(rawValue: 19)
    public static let clientNotAcquired = ResultCode(rawValue: 20)
    public static let clientNotReleased = ResultCode(rawValue: 21)
    public static let lengthOutOfRange = ResultCode(rawValue: 22)
    public static let networkIsOpened = ResultCode(rawValue: 23)
    public static let packetFailed = ResultCode(rawValue: 24)
    public static let dnsError = ResultCode(rawValue: 25)
    public static let closedByServer = ResultCode(rawValue: 26)
    public static let refusedProtocolVersion = ResultCode(rawValue: 27)
    public static let refusedIdentifier = ResultCode(rawValue: 28)
    public static let refusedServerUnavailable = ResultCode(rawValue: 29)
    public static let refusedUserOrPassword = ResultCode(rawValue: 30)
    public static let refusedNotAuthorized = ResultCode(rawValue: 31)
    public static let handshakeFailed = ResultCode(rawValue: 32)
    public static let certificateNotSet = ResultCode(rawValue: 33)
    public static let openSessionFailed = ResultCode(rawValue: 34)
    public static let disconnectFailed = ResultCode(rawValue: 35)
}

extension Transcript {
    static let messageBlock = Transcript(
        "10_a7680c_message_block_exact",
        #"""
        # source: A7680C, hex
        # module: A7680C-LANV, firmware 2269B03A7680M5A
        # fidelity: hex. The host logged one read of 143 bytes: exactly
        #   CRLF + RXSTART + CRLF + RXTOPIC + CRLF + topic + CRLF + RXPAYLOAD + CRLF + payload + CRLF + RXEND + CRLF,
        #   one empty line at the start and none inside the block.
        <
        < +CMQTTRXSTART: 0,38,15
        < +CMQTTRXTOPIC: 0,38
        < $PERSISTENCE/configDn/8212345678100001
        < +CMQTTRXPAYLOAD: 0,15
        < {"boardType":0}
        < +CMQTTRXEND: 0
        """#,
        meaning: #"""
            message 0 complete $PERSISTENCE/configDn/8212345678100001 | {"boardType":0}
            """#
    )
}

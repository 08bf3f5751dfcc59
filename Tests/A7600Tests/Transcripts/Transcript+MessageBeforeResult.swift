extension Transcript {
    static let messageBeforeResult = Transcript(
        "09_sim7672_message_between_ok_and_result",
        #"""
        # source: SIM7672, terminal
        # module: SIM7672. A retained message arrives between OK and +CMQTTSUB. Blank line before every URC.
        # fidelity: terminal. The payload text was replaced by the author ("payload" stands for 18 bytes).
        > AT+CMQTTSUB=0
        < OK
        <
        < +CMQTTRXSTART: 0,6,18
        <
        < +CMQTTRXTOPIC: 0,6
        < test1z
        <
        < +CMQTTRXPAYLOAD: 0,18
        < payload
        <
        < +CMQTTRXEND: 0
        <
        < +CMQTTSUB: 0,0
        """#,
        meaning: #"""
            AT+CMQTTSUB taken
            message 0 complete test1z | payload...........
            AT+CMQTTSUB → +CMQTTSUB: 0,0 | OK
            """#
    )
}

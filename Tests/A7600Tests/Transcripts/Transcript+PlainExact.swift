extension Transcript {
    static let plainExact = Transcript(
        "11_sim7600ce_plain_exact",
        #"""
        # source: SIM7600CE, hex (the strings and byte counts that a host program requires; it resets itself on any other count)
        # module: SIM7600CE, plain MQTT: will, connect, one-topic SUB, publish
        # fidelity: hex. Byte counts: ATE0 answer 11, CICCID 38, START 24, prompt 3, CONNECT 28, SUB after the data 24, PUB 24.
        #   START answers OK first here, unlike files 01 and 06.
        <
        < RDY
        <
        < +CPIN: READY
        <
        < SMS DONE
        <
        < PB DONE
        > ATE0
        # exact: "ATE0\r\r\nOK\r\n"  (echo still on for this command)
        < ATE0
        <
        < OK
        > AT+CICCID
        # exact: "\r\n+ICCID: <20 digits>\r\n\r\nOK\r\n"
        <
        < +ICCID: xxxxxxxxxxxxxxxxxxxx
        <
        < OK
        > AT+CMQTTSTART
        # exact: "\r\nOK\r\n\r\n+CMQTTSTART: 0\r\n"
        <
        < OK
        <
        < +CMQTTSTART: 0
        > AT+CMQTTACCQ=0,"WM_xxxxxxxxxxxxxxxxxxxx"
        <
        < OK
        > AT+CMQTTWILLTOPIC=0,13
        # exact: "\r\n>"  (3 bytes)
        <
        < >
        > /root_offline
        <
        < OK
        > AT+CMQTTWILLMSG=0,23,1
        <
        < >
        > WM_xxxxxxxxxxxxxxxxxxxx
        <
        < OK
        > AT+CMQTTCONNECT=0,"tcp://faye.weixinxk.net:1883",60,1
        # exact: "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n"
        <
        < OK
        <
        < +CMQTTCONNECT: 0,0
        > AT+CMQTTSUB=0,23,1,0
        <
        < >
        > WM_xxxxxxxxxxxxxxxxxxxx
        # exact: "\r\nOK\r\n\r\n+CMQTTSUB: 0,0\r\n". The host sends the 23 bytes plus CRLF; the extra CRLF gives no answer.
        <
        < OK
        <
        < +CMQTTSUB: 0,0
        > AT+CMQTTTOPIC=0,12
        <
        < >
        > /root_online
        <
        < OK
        > AT+CMQTTPAYLOAD=0,24
        <
        < >
        # 23 bytes + CRLF typed: the CR is byte 24
        > WM_xxxxxxxxxxxxxxxxxxxx
        <
        < OK
        > AT+CMQTTPUB=0,1,60
        # exact: "\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n"
        <
        < OK
        <
        < +CMQTTPUB: 0,0
        """#,
        meaning: #"""
            urc RDY
            restarted unexpectedly
            urc +CPIN: READY
            urc SMS DONE
            urc PB DONE
            ATE0 → OK
            AT+CICCID → +ICCID: xxxxxxxxxxxxxxxxxxxx | OK
            AT+CMQTTSTART taken
            AT+CMQTTSTART → +CMQTTSTART: 0 | OK
            AT+CMQTTACCQ → OK
            AT+CMQTTWILLTOPIC → OK
            AT+CMQTTWILLMSG → OK
            AT+CMQTTCONNECT taken
            AT+CMQTTCONNECT → +CMQTTCONNECT: 0,0 | OK
            AT+CMQTTSUB taken
            AT+CMQTTSUB → +CMQTTSUB: 0,0 | OK
            AT+CMQTTTOPIC → OK
            AT+CMQTTPAYLOAD → OK
            AT+CMQTTPUB taken
            AT+CMQTTPUB → +CMQTTPUB: 0,0 | OK
            """#
    )
}

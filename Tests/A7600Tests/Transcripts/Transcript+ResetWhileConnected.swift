extension Transcript {
    static let resetWhileConnected = Transcript(
        "02_sim7600ei_reset_while_connected",
        #"""
        # source: SIM7600EI, lines; GitHub README of P10-Display, test 7
        # module: SIM7600EI against AWS IoT. CRESET while MQTT is connected: CONNLOST cause 3 and NONET before the boot URCs.
        #   Later a publish that the policy of the broker forbids: PUB result 6, then CONNLOST cause 1.
        # fidelity: lines
        > AT+CRESET
        < OK
        < +CIPEVENT: NETWORK CLOSED UNEXPECTEDLY
        < +CMQTTCONNLOST: 0,3
        < +CMQTTNONET
        < RDY
        < +CPIN: READY
        < SMS DONE
        < PB DONE
        # ... SSL / NETOPEN / START / ACCQ / WILL as in file 01 ...
        > AT+CMQTTCONNECT=0,"tcp://xxxxxxxxxxxxxx-ats.iot.ap-south-1.amazonaws.com:8883",60,1
        < OK
        < +CMQTTCONNECT: 0,0
        > AT+CMQTTSUBTOPIC=0,31,1
        < +CMQTTSUBTOPIC: 0,12
        < ERROR
        > AT+CMQTTSUBTOPIC=0,31,1
        < >
        > sub12345678901234567890
        # 23 of the 31 announced bytes are shown; the log has the OK all the same
        < OK
        > AT+CMQTTSUB=0
        < OK
        < +CMQTTSUB: 0,0
        > AT+CMQTTTOPIC=0,31
        < >
        > pub123456789012345678901
        # 24 of the 31 announced bytes are shown
        < OK
        > AT+CMQTTPAYLOAD=0,38
        < >
        > {"message":"Hello from SIMCom Module"}
        < OK
        > AT+CMQTTPUB=0,1,60
        < OK
        < +CMQTTPUB: 0,6
        < +CMQTTCONNLOST: 0,1
        """#,
        meaning: #"""
            AT+CRESET → OK
            urc +CIPEVENT: NETWORK CLOSED UNEXPECTEDLY
            urc +CMQTTCONNLOST: 0,3
            urc +CMQTTNONET
            urc RDY
            restarted
            urc +CPIN: READY
            urc SMS DONE
            urc PB DONE
            AT+CMQTTCONNECT taken
            AT+CMQTTCONNECT → +CMQTTCONNECT: 0,0 | OK
            AT+CMQTTSUBTOPIC → failed CMQTT 12
            AT+CMQTTSUBTOPIC → OK
            AT+CMQTTSUB taken
            AT+CMQTTSUB → +CMQTTSUB: 0,0 | OK
            AT+CMQTTTOPIC → OK
            AT+CMQTTPAYLOAD → OK
            AT+CMQTTPUB taken
            AT+CMQTTPUB → failed CMQTT 6
            urc +CMQTTCONNLOST: 0,1
            """#
    )
}

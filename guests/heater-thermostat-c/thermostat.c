/* The plain thermostat that the schedules replace, in C.
 *
 * One fixed setpoint for each mode, whatever electricity costs. The device's regulator does the switching; this
 * function only says what to hold and whether that means heating now. It has no state. */

#include "heater.h"

typedef exports_acme_water_heater_control_inputs_t inputs_t;
typedef exports_acme_water_heater_control_decision_t decision_t;
typedef exports_acme_water_heater_control_fault_t fault_t;

/* Setpoints in degrees Celsius: against frost, the usual one, enough for a second bath, as hot as allowed. */
#define FROST_SETPOINT 5.0
#define ECO_SETPOINT 55.0
#define COMFORT_SETPOINT 60.0
#define HOTTEST_SETPOINT 80.0

/* A regulator lets the water cool by this much before it heats, in kelvin. */
#define BAND 2.0

static bool hold(double setpoint, uint8_t reason, decision_t *decision) {
    decision->setpoint = setpoint;
    decision->hold_hours = 1;
    decision->reason = reason;
    return true;
}

static bool keep(double setpoint, const inputs_t *inputs, decision_t *decision, fault_t *fault) {
    if (!(inputs->sensors & EXPORTS_ACME_WATER_HEATER_CONTROL_SENSORS_TANK_TOP)) {
        fault->tag = EXPORTS_ACME_WATER_HEATER_CONTROL_FAULT_SENSOR_SILENT;
        fault->val.sensor_silent = inputs->sensors;
        return false;
    }
    /* A NaN is in no range. */
    if (!(inputs->tank_temp >= 0.0 && inputs->tank_temp <= 99.0)) {
        fault->tag = EXPORTS_ACME_WATER_HEATER_CONTROL_FAULT_OUT_OF_RANGE;
        heater_string_dup(&fault->val.out_of_range, "tank-temp");
        return false;
    }
    bool cold = inputs->tank_temp <= setpoint - BAND;
    return hold(setpoint,
                cold ? EXPORTS_ACME_WATER_HEATER_CONTROL_REASON_COMFORT_FLOOR
                     : EXPORTS_ACME_WATER_HEATER_CONTROL_REASON_COASTING,
                decision);
}

bool exports_acme_water_heater_control_plan(inputs_t *inputs, decision_t *decision, fault_t *fault) {
    bool planned;
    switch (inputs->mode) {
    case EXPORTS_ACME_WATER_HEATER_CONTROL_MODE_OFF:
        planned = hold(FROST_SETPOINT, EXPORTS_ACME_WATER_HEATER_CONTROL_REASON_SWITCHED_OFF, decision);
        break;
    case EXPORTS_ACME_WATER_HEATER_CONTROL_MODE_BOOST:
        planned = hold(HOTTEST_SETPOINT, EXPORTS_ACME_WATER_HEATER_CONTROL_REASON_BOOST, decision);
        break;
    case EXPORTS_ACME_WATER_HEATER_CONTROL_MODE_COMFORT:
        planned = keep(COMFORT_SETPOINT, inputs, decision, fault);
        break;
    default:
        planned = keep(ECO_SETPOINT, inputs, decision, fault);
        break;
    }
    exports_acme_water_heater_control_inputs_free(inputs);
    return planned;
}

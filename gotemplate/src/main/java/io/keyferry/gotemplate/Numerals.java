package io.keyferry.gotemplate;

import io.keyferry.gotemplate.parse.Node;
import io.keyferry.gotemplate.parse.NumberConstant;
import io.keyferry.gotemplate.value.ComplexValue;
import io.keyferry.gotemplate.value.FloatValue;
import io.keyferry.gotemplate.value.IntValue;

/** What a number in a template is where nothing says what it must be. */
final class Numerals {
    private Numerals() {}

    static Cell byItself(Node.Numeral numeral, Trace trace) throws TemplateException {
        NumberConstant number = numeral.value();
        if (number.complex()) {
            return Cell.of(new ComplexValue(number.re(), number.im()));
        }
        if (number.isFloatByItself()) {
            return Cell.of(new FloatValue(number.real().orElseThrow()));
        }
        if (number.integer().isPresent()) {
            return Cell.of(IntValue.of(number.integer().getAsLong()));
        }
        trace.at(numeral);
        throw trace.error(number.text() + " overflows int");
    }
}

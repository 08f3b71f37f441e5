package io.keyferry.gotemplate;

import static io.keyferry.gotemplate.Executing.run;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every outcome here was seen of Go 1.23. */
class TimeMethodsTest {
    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                ".time => 2025-02-03 04:05:06.789 +0000 UTC",
                ".time.Unix => 1738555506",
                ".time.UnixMilli => 1738555506789",
                ".time.Month => February",
                ".time.Weekday => Monday",
                ".time.YearDay => 34",
                "printf `%d` .time.Month => 2",
                ".time.Add 1500000000 => 2025-02-03 04:05:08.289 +0000 UTC",
                ".time.AddDate 0 1 28 => 2025-03-31 04:05:06.789 +0000 UTC",
                ".time.Sub (.time.AddDate 0 0 -1) => 24h0m0s",
                "(.time.Sub (.time.AddDate 0 0 -1)).Hours => 24",
                ".time.Truncate 3600000000000 => 2025-02-03 04:00:00 +0000 UTC",
                ".time.Before (.time.Add 1) => true",
                ".time.Compare (.time.Add 1) => -1",
                ".time.Format `Mon, 02 Jan 2006 15:04:05 MST` => Mon, 03 Feb 2025 04:05:06 UTC",
                ".time.Format `2006-01-02T15:04:05.999999999Z07:00` => 2025-02-03T04:05:06.789Z",
                ".time.Format `January Monday _2 __2 002 3:4:5PM pm .000 ,99 -0700 06` => February Monday  3  34 034 4:5:6AM am .789 ,78 +0000 25",
                ".time.Format `Month Janet 1x 20065 5.0001` => Month Janet 2x 20256 6.0002",
            })
    void methodsGiveWhatGoGives(String call, String output) {
        assertThat(run("{{" + call + "}}")).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\0',
            value = {
                ".time.Format 5 => expected string; found 5",
                ".time.Add `x` => expected integer; found `x`",
                ".time.Before nil => cannot assign nil to time.Time",
                ".time.Before `x` => can't handle `x` for arg of type time.Time",
                ".time.Format => wrong number of args for Format: want 1 got 0",
                ".time.wall => wall is an unexported field of struct type interface {}",
                ".time.Nope => can't evaluate field Nope in type interface {}",
            })
    void wrongUseFailsAsInGo(String call, String problem) {
        assertThat(run("{{" + call + "}}")).startsWith("template: t:1:").endsWith(">: " + problem);
    }
}

package io.keyferry.gotemplate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables of one call of a template, the innermost last. */
final class Variables {
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Slot> latest = new HashMap<>();

    private static final class Slot {
        private final String name;
        private final @Nullable Slot shadowed;
        private Cell value;

        Slot(String name, Cell value, @Nullable Slot shadowed) {
            this.name = name;
            this.value = value;
            this.shadowed = shadowed;
        }
    }

    Variables(Cell root) {
        declare("$", root);
    }

    void declare(String name, Cell value) {
        Slot slot = new Slot(name, value, latest.get(name));
        slots.add(slot);
        latest.put(name, slot);
    }

    /** Null if there is none of this name. */
    @Nullable
    Cell get(String name) {
        Slot slot = latest.get(name);
        return slot == null ? null : slot.value;
    }

    /** False if there is none of this name. */
    boolean set(String name, Cell value) {
        Slot slot = latest.get(name);
        if (slot == null) {
            return false;
        }
        slot.value = value;
        return true;
    }

    /** Sets the variable that was declared as the last, the last but one, ... for 1, 2, ... */
    void setLast(int back, Cell value) {
        slots.get(slots.size() - back).value = value;
    }

    int mark() {
        return slots.size();
    }

    void dropTo(int mark) {
        while (slots.size() > mark) {
            Slot slot = slots.removeLast();
            if (slot.shadowed == null) {
                latest.remove(slot.name);
            } else {
                latest.put(slot.name, slot.shadowed);
            }
        }
    }
}

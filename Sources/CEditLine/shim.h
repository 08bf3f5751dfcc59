// libedit sets everything through variadic functions, which Swift does not call. One plain function for each use.
#include <histedit.h>
#include <stdio.h>

// Declared by <wchar.h> for X/Open programs alone.
extern int wcwidth(wchar_t character);

// Columns of a character on the terminal; -1: none that is shown.
static inline int moonwire_width(unsigned character) { return wcwidth((wchar_t)character); }

typedef char *(*moonwire_prompt)(EditLine *);
typedef unsigned char (*moonwire_edit_function)(EditLine *, int);

static inline void moonwire_set_prompt(EditLine *editor, moonwire_prompt prompt) { el_set(editor, EL_PROMPT, prompt); }

static inline void moonwire_set_client_data(EditLine *editor, void *data) { el_set(editor, EL_CLIENTDATA, data); }

static inline void *moonwire_client_data(EditLine *editor) {
    void *data = NULL;
    el_get(editor, EL_CLIENTDATA, &data);
    return data;
}

// The wide setter: the narrow one would pass the same function on.
static inline void moonwire_set_reader(EditLine *editor, el_rfunc_t reader) { el_wset(editor, EL_GETCFN, reader); }

static inline void moonwire_set_emacs_keys(EditLine *editor) { el_set(editor, EL_EDITOR, "emacs"); }

static inline void moonwire_leave_signals_alone(EditLine *editor) { el_set(editor, EL_SIGNAL, 0); }

// What is typed between two lines is not echoed by the terminal: the editor shows it at its prompt. Nor is a Ctrl-D
// swallowed then, as it would be at the start of a line that the terminal puts together.
static inline void moonwire_hide_early_typing(EditLine *editor) { el_set(editor, EL_SETTY, "-x", "-echo", "-icanon", NULL); }

static inline void moonwire_add_function(EditLine *editor, const char *name, const char *help, moonwire_edit_function function) {
    el_set(editor, EL_ADDFN, name, help, function);
}

static inline void moonwire_bind(EditLine *editor, const char *key, const char *function) {
    el_set(editor, EL_BIND, key, function, NULL);
}

// Draws prompt and line anew, as if nothing of them were on the screen.
static inline void moonwire_refresh(EditLine *editor) { el_set(editor, EL_REFRESH); }

static inline void moonwire_set_history(EditLine *editor, History *lines) { el_set(editor, EL_HIST, history, lines); }

static inline void moonwire_configure_history(History *lines, int size) {
    HistEvent event;
    history(lines, &event, H_SETSIZE, size);
    history(lines, &event, H_SETUNIQUE, 1);
}

static inline void moonwire_enter_history(History *lines, const char *line) {
    HistEvent event;
    history(lines, &event, H_ENTER, line);
}

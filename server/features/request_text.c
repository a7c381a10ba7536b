/* request_text: addresses, headers and bodies, quoted for where they go. */
#include "server/features/request_text.h"

#include "parser/base/byte.h"
#include "parser/base/strbuf.h"
#include "server/features/endpoint_examples.h"

enum { TEXT_BYTES = 256 * 1024 };

/* ---- addresses */

static bool is_unreserved(char c) {
    return byte_is_word(c) || c == '-' || c == '.' ||
           c == '~';
}

/* RFC 3986, "Percent-Encoding". */
static void add_escaped(struct strbuf *out, struct str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (is_unreserved(text.data[i])) {
            strbuf_add_byte(out, text.data[i]);
        } else {
            strbuf_printf(out, "%%%02X", (unsigned)(unsigned char)text.data[i]);
        }
    }
}

/* A path of a source is read by its server as it stands; only what would end it is written otherwise. */
static void add_path_part(struct strbuf *out, struct str part) {
    for (size_t i = 0; i < part.size; i++) {
        unsigned char byte = (unsigned char)part.data[i];
        bool plain = byte > 0x20 && byte < 0x7f && byte != '?' && byte != '#' && byte != '%' && byte != '"' && byte != '\\' &&
                     byte != '<' && byte != '>' && byte != '`' && byte != '{' && byte != '}' && byte != '\'';
        strbuf_printf(out, plain ? "%c" : "%%%02X", byte);
    }
}

/* An example without the quotes of a text, for an address. */
static struct str bare(struct str example) {
    bool text = example.size > 1 && example.data[0] == '"';
    return text ? str_slice(example, 1, example.size - 1) : example;
}

static void add_part(struct strbuf *out, const struct endpoint_entry *entry, struct str part) {
    bool varies = part.size > 0 && (part.data[0] == ':' || part.data[0] == '*');
    struct str name = varies ? str_slice(part, 1, part.size) : STR("");
    for (unsigned i = 0; i < entry->parameters.count && varies; i++) {
        if (str_equal(entry->parameters.items[i].name, name)) {
            add_escaped(out, bare(entry->parameters.items[i].example));
            return;
        }
    }
    if (varies) {
        strbuf_add_c(out, "text");
    } else {
        add_path_part(out, part);
    }
}

static void add_question(struct strbuf *out, char *separator, struct str name, struct str example) {
    strbuf_add_byte(out, *separator);
    add_escaped(out, name);
    strbuf_add_byte(out, '=');
    add_escaped(out, bare(example));
    *separator = '&';
}

/* Whatever is neither in the path nor in the body, and may not be left out; what is taken apart by its parts. */
static void add_query(struct strbuf *out, const struct endpoint_entry *entry) {
    char separator = '?';
    for (unsigned i = 0; i < entry->parameters.count && entry->body.size == 0; i++) {
        const struct endpoint_parameter *parameter = &entry->parameters.items[i];
        struct str name, value;
        if (parameter->in_path || parameter->optional) {
            continue;
        }
        if (!parameter->apart) {
            add_question(out, &separator, parameter->name, parameter->example);
            continue;
        }
        for (size_t at = 0; example_member(parameter->example, &at, &name, &value);) {
            add_question(out, &separator, name, value);
        }
    }
}

static void add_address(struct strbuf *out, const char *scheme, const struct endpoint_server *server,
                        const struct endpoint_entry *entry) {
    strbuf_printf(out, "%s://localhost:%u", scheme, (unsigned)server->port);
    for (size_t start = 0, end; start < entry->path.size; start = end + 1) {
        end = str_find(entry->path, '/', start);
        strbuf_add_c(out, start > 0 ? "/" : "");
        add_part(out, entry, str_slice(entry->path, start, end));
    }
    if (entry->path.size > 1 && entry->path.data[entry->path.size - 1] == '/') {
        strbuf_add_byte(out, '/');
    }
    if (entry->kind != ENDPOINT_SOCKET) {
        add_query(out, entry);
    }
}

static bool sends_json(const struct endpoint_entry *entry) { return entry->body.size > 0 && entry->upload.size == 0; }

/* ---- curl */

/* 'text' for a POSIX shell: nothing in it is looked at. */
static void add_quoted(struct strbuf *out, struct str text) {
    strbuf_add_byte(out, '\'');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\'') {
            strbuf_add_c(out, "'\\''");
        } else {
            strbuf_add_byte(out, text.data[i]);
        }
    }
    strbuf_add_byte(out, '\'');
}

static void add_address_quoted(struct strbuf *out, const struct endpoint_server *server, const struct endpoint_entry *entry) {
    struct strbuf address;
    strbuf_init(&address, TEXT_BYTES);
    add_address(&address, "http", server, entry);
    add_quoted(out, strbuf_str(&address));
    strbuf_finish(&address);
}

/* A name of a header from a source: what no header has is left out. */
static void add_header_name(struct strbuf *out, struct str name) {
    for (size_t i = 0; i < name.size; i++) {
        if (is_unreserved(name.data[i])) {
            strbuf_add_byte(out, name.data[i]);
        }
    }
}

static void add_identity(struct strbuf *out, const struct endpoint_entry *entry) {
    switch (entry->identity) {
    case IDENTITY_NONE:
        break;
    case IDENTITY_TOKEN:
        strbuf_add_c(out, " -H \"Authorization: Bearer $TOKEN\"");
        break;
    case IDENTITY_KEY:
        strbuf_add_c(out, " -H \"");
        add_header_name(out, entry->key_header);
        strbuf_add_c(out, ": $API_KEY\"");
        break;
    case IDENTITY_COOKIE:
        strbuf_add_c(out, " -H \"Cookie: $COOKIE\"");
        break;
    }
}

static struct str taken(struct arena *arena, struct strbuf *out) {
    struct str text = arena_str(arena, strbuf_str(out));
    strbuf_finish(out);
    return text;
}

struct str request_as_curl(struct arena *arena, const struct endpoint_server *server, const struct endpoint_entry *entry) {
    struct strbuf out;
    strbuf_init(&out, TEXT_BYTES);
    if (entry->kind == ENDPOINT_SOCKET) {
        return STR("");
    }
    strbuf_add_c(&out, "curl");
    if (str_equal(entry->method, STR("HEAD"))) {
        strbuf_add_c(&out, " --head");
    } else if (!str_equal(entry->method, STR("GET"))) {
        strbuf_printf(&out, " -X %.*s", STR_ARGUMENTS(entry->method));
    }
    strbuf_add_byte(&out, ' ');
    add_address_quoted(&out, server, entry);
    add_identity(&out, entry);
    if (entry->upload.size > 0) {
        strbuf_add_c(&out, " -F ");
        add_quoted(&out, arena_printf(arena, "%.*s=@FILE", STR_ARGUMENTS(entry->upload)));
    } else if (sends_json(entry)) {
        strbuf_add_c(&out, " -H 'Content-Type: application/json' -d ");
        add_quoted(&out, entry->body);
    }
    return taken(arena, &out);
}

/* ---- JavaScript */

static void add_text(struct strbuf *out, struct arena *arena, struct str text) { strbuf_add(out, example_string(arena, text)); }

static struct str address_text(struct arena *arena, const char *scheme, const struct endpoint_server *server,
                               const struct endpoint_entry *entry) {
    struct strbuf out;
    strbuf_init(&out, TEXT_BYTES);
    add_address(&out, scheme, server, entry);
    return taken(arena, &out);
}

static void add_headers(struct strbuf *out, const struct endpoint_entry *entry) {
    const char *glue = "";
    strbuf_add_c(out, "headers: { ");
    if (sends_json(entry)) {
        strbuf_add_c(out, "\"Content-Type\": \"application/json\"");
        glue = ", ";
    }
    switch (entry->identity) {
    case IDENTITY_NONE:
        break;
    case IDENTITY_TOKEN:
        strbuf_printf(out, "%sAuthorization: `Bearer ${token}`", glue);
        break;
    case IDENTITY_KEY:
        strbuf_printf(out, "%s\"", glue);
        add_header_name(out, entry->key_header);
        strbuf_add_c(out, "\": apiKey");
        break;
    case IDENTITY_COOKIE:
        break;
    }
    strbuf_add_c(out, " }");
}

struct str request_as_fetch(struct arena *arena, const struct endpoint_server *server, const struct endpoint_entry *entry) {
    struct strbuf out;
    strbuf_init(&out, TEXT_BYTES);
    bool socket = entry->kind == ENDPOINT_SOCKET;
    struct str address = address_text(arena, socket ? "ws" : "http", server, entry);
    bool get = str_equal(entry->method, STR("GET"));
    bool headers = sends_json(entry) || entry->identity == IDENTITY_TOKEN || entry->identity == IDENTITY_KEY;
    bool cookie = entry->identity == IDENTITY_COOKIE;
    strbuf_add_c(&out, socket ? "new WebSocket(" : "await fetch(");
    add_text(&out, arena, address);
    if (!socket && (!get || headers || cookie)) {
        const char *glue = "";
        strbuf_add_c(&out, ", { ");
        if (!get) {
            strbuf_printf(&out, "method: \"%.*s\"", STR_ARGUMENTS(entry->method));
            glue = ", ";
        }
        if (cookie) {
            strbuf_printf(&out, "%scredentials: \"include\"", glue);
            glue = ", ";
        }
        if (headers) {
            strbuf_add_c(&out, glue);
            add_headers(&out, entry);
            glue = ", ";
        }
        if (entry->upload.size > 0) {
            strbuf_printf(&out, "%sbody: form", glue);
        } else if (sends_json(entry)) {
            strbuf_printf(&out, "%sbody: JSON.stringify(%.*s)", glue, STR_ARGUMENTS(entry->body));
        }
        strbuf_add_c(&out, " }");
    }
    strbuf_add_byte(&out, ')');
    return taken(arena, &out);
}

/* ---- requests.http */

struct str request_as_http(struct arena *arena, const struct endpoint_server *server, const struct endpoint_entry *entry) {
    struct strbuf out;
    strbuf_init(&out, TEXT_BYTES);
    if (entry->kind == ENDPOINT_SOCKET) {
        return STR("");
    }
    struct str address = address_text(arena, "http", server, entry);
    struct str title = entry->name.size > 0 ? entry->name : entry->path;
    strbuf_printf(&out, "### %.*s\n%.*s %.*s\n", STR_ARGUMENTS(title), STR_ARGUMENTS(entry->method), STR_ARGUMENTS(address));
    switch (entry->identity) {
    case IDENTITY_NONE:
        break;
    case IDENTITY_TOKEN:
        strbuf_add_c(&out, "Authorization: Bearer {{token}}\n");
        break;
    case IDENTITY_KEY:
        add_header_name(&out, entry->key_header);
        strbuf_add_c(&out, ": {{api_key}}\n");
        break;
    case IDENTITY_COOKIE:
        strbuf_add_c(&out, "Cookie: {{cookie}}\n");
        break;
    }
    if (sends_json(entry)) {
        strbuf_printf(&out, "Content-Type: application/json\n\n%.*s\n", STR_ARGUMENTS(entry->body));
    }
    return taken(arena, &out);
}

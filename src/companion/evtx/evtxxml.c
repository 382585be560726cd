/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A walk over the tokens, in the order in which a reader meets them: a fragment is an
 * element, or an instance of a template; an instance brings values, of which one may be a
 * fragment again.  Offsets of names and templates count from the beginning of the chunk;
 * what they point at stands where the walk is, if it is used there for the first time, and
 * otherwise before it.
 *
 * Each token and each value costs what it becomes, so that a value that is put in many
 * times is paid for as often, though it is checked once.
 */
#include "companion/evtx/evtxxml.h"

#include "base/unicode.h"
#include "companion/evtx/evtxcursor.h"
#include "companion/evtx/evtxvalue.h"

#include <stdbool.h>

/* Tokens without the flag that attributes, or more of them, follow. */
enum {
	END_OF_STREAM = 0x00,
	OPEN_ELEMENT = 0x01,
	CLOSE_OPENING = 0x02,
	CLOSE_EMPTY = 0x03,
	END_ELEMENT = 0x04,
	VALUE_TEXT = 0x05,
	ATTRIBUTE = 0x06,
	CDATA = 0x07,
	CHARACTER = 0x08,
	ENTITY = 0x09,
	TEMPLATE = 0x0c,
	SUBSTITUTION = 0x0d,
	OPTIONAL = 0x0e,
	FRAGMENT = 0x0f,
	MORE = 0x40,
};

#define TEMPLATE_HEAD 24u /* next, GUID, size */
#define NO_DEPENDENCY 0xffffu

struct value {
	uint32_t off;  /* in the chunk */
	uint32_t cost; /* bytes it becomes */
	uint16_t len;
	uint8_t type;
};

struct values {
	struct value items[EVTXXML_MAX_VALUES];
	uint32_t n;
};

struct walk {
	struct evtxcursor_reading in;
	const struct values *values; /* of the template; NULL outside one */
	bool depends;		     /* elements have the number of a value they need */
	enum evtxsystem_path path;
	unsigned depth, nested;
	evtxxml_text *take; /* NULL: nobody is told of texts */
	void *data;
	struct evtxxml *out;
};

/* ---- what stands in elements and attributes ---- */

/* Text in the chunk: its units are looked at. */
static void see_text(struct walk *walk, size_t off, size_t bytes)
{
	evtxunits_look(&walk->out->units,
		       span_clip(span_from(walk->in.chunk, off), bytes));
	if (walk->take)
		walk->take(walk->data, off, bytes);
}

/* Text that stands in the XML itself; with its type where it is a value. */
static bool text_token(struct walk *walk, struct evtxcursor *c, bool typed)
{
	uint32_t type = EVTXVALUE_STRING, n = 0;
	size_t at = c->at;

	if ((typed && !evtxcursor_take(&walk->in, c, 1, &type)) ||
	    !evtxcursor_take(&walk->in, c, 2, &n))
		return false;
	if (type != EVTXVALUE_STRING)
		return evtxcursor_refuse(&walk->in, at,
					 "text is of a type that cannot be");
	size_t begin = c->at;
	if (!evtxcursor_skip(&walk->in, c, 2 * (size_t)n))
		return false;
	see_text(walk, begin, 2 * (size_t)n);
	evtxsystem_text(
		&walk->out->system, walk->path,
		(struct text){ span_clip(span_from(walk->in.chunk, begin), 2 * (size_t)n),
			       TEXT_UTF16LE });
	return evtxcursor_pay(&walk->in, at, EVTXCURSOR_TOKEN + 2 * n);
}

static bool substitution(struct walk *walk, struct evtxcursor *c, bool attribute)
{
	uint32_t index = 0, type = 0;
	size_t at = c->at;

	if (!evtxcursor_take(&walk->in, c, 2, &index) ||
	    !evtxcursor_take(&walk->in, c, 1, &type))
		return false;
	if (!walk->values || index >= walk->values->n)
		return evtxcursor_refuse(&walk->in, at,
					 "a value is wanted that is not there");
	const struct value *value = &walk->values->items[index];
	if (attribute &&
	    (value->type == EVTXVALUE_XML || (value->type & EVTXVALUE_ARRAY) != 0))
		return evtxcursor_refuse(&walk->in, at,
					 "the value of an attribute is of no such type");
	evtxsystem_value(&walk->out->system, walk->path, value->type,
			 span_clip(span_from(walk->in.chunk, value->off), value->len));
	return evtxcursor_pay(&walk->in, at, EVTXCURSOR_TOKEN + value->cost);
}

/* A token of text.  *was: whether it was one; else nothing is taken. */
static bool any_text(struct walk *walk, struct evtxcursor *c, bool attribute, bool *was)
{
	uint8_t token = 0;
	uint32_t unit = 0;
	struct text entity;

	*was = c->at < c->end && span_u8(walk->in.chunk, c->at, &token);
	if (!*was)
		return true;
	c->at++;
	switch (token & ~MORE) {
	case VALUE_TEXT:
		return text_token(walk, c, true);
	case CDATA:
		return text_token(walk, c, false);
	case CHARACTER:
		if (!evtxcursor_take(&walk->in, c, 2, &unit))
			return false;
		if (unicode_is_surrogate(unit))
			return evtxcursor_refuse(&walk->in, c->at,
						 "half a character stands alone");
		return evtxcursor_pay(&walk->in, c->at, EVTXCURSOR_TOKEN);
	case ENTITY:
		return evtxcursor_name(&walk->in, c, &entity);
	case SUBSTITUTION:
	case OPTIONAL:
		if ((token & MORE) == 0)
			return substitution(walk, c, attribute);
		break;
	default:
		break;
	}
	c->at--;
	*was = false;
	return true;
}

/* ---- elements ---- */

static bool attributes(struct walk *walk, struct evtxcursor *element)
{
	uint32_t size = 0, token = 0;
	struct evtxcursor list;
	struct text text;
	enum evtxsystem_path path = walk->path;
	bool more = true;

	if (!evtxcursor_take(&walk->in, element, 4, &size))
		return false;
	list = (struct evtxcursor){ element->at, element->at + size };
	if (!evtxcursor_skip(&walk->in, element, size))
		return false;
	while (more) {
		bool was = true;
		if (!evtxcursor_take(&walk->in, &list, 1, &token))
			return false;
		if ((token & ~(uint32_t)MORE) != ATTRIBUTE)
			return evtxcursor_refuse(&walk->in, list.at - 1,
						 "an attribute should begin here");
		more = (token & MORE) != 0;
		if (!evtxcursor_name(&walk->in, &list, &text))
			return false;
		walk->path = evtxsystem_attribute(path, text);
		while (was)
			if (!any_text(walk, &list, true, &was))
				return false;
	}
	walk->path = path;
	return list.at == list.end ||
	       evtxcursor_refuse(&walk->in, list.at,
				 "attributes do not end where they should");
}

static bool element(struct walk *walk, struct evtxcursor *c);

/* What stands between the tags of an element, and its end. */
static bool inside(struct walk *walk, struct evtxcursor *c)
{
	for (;;) {
		uint32_t token = 0;
		uint8_t next = 0;
		bool was = false;
		if (!any_text(walk, c, false, &was))
			return false;
		if (was)
			continue;
		if (c->at < c->end && span_u8(walk->in.chunk, c->at, &next) &&
		    (next & ~MORE) == OPEN_ELEMENT) {
			if (!element(walk, c))
				return false;
			continue;
		}
		if (!evtxcursor_take(&walk->in, c, 1, &token))
			return false;
		return token == END_ELEMENT ||
		       evtxcursor_refuse(&walk->in, c->at - 1,
					 "an element holds what it cannot");
	}
}

/* The head of an element up to its name.  *own: from there to its end. */
static bool open_element(struct walk *walk, struct evtxcursor *c, struct evtxcursor *own,
			 struct text *text)
{
	uint32_t dependency = NO_DEPENDENCY, size = 0;
	size_t at = c->at;

	if (walk->depends && !evtxcursor_take(&walk->in, c, 2, &dependency))
		return false;
	if (dependency != NO_DEPENDENCY &&
	    (!walk->values || dependency >= walk->values->n))
		return evtxcursor_refuse(
			&walk->in, at, "an element depends on a value that is not there");
	if (!evtxcursor_take(&walk->in, c, 4, &size))
		return false;
	*own = (struct evtxcursor){ c->at, c->at + size };
	return evtxcursor_skip(&walk->in, c, size) &&
	       evtxcursor_name(&walk->in, own, text);
}

static bool element(struct walk *walk, struct evtxcursor *c)
{
	uint32_t token = 0, closing = 0;
	size_t at = c->at;
	struct evtxcursor own;
	struct text text;
	enum evtxsystem_path path = walk->path;

	if (walk->depth == EVTXXML_MAX_DEPTH)
		return evtxcursor_refuse(&walk->in, at,
					 "its elements are nested too deep");
	if (!evtxcursor_take(&walk->in, c, 1, &token) ||
	    !open_element(walk, c, &own, &text))
		return false;
	walk->path = evtxsystem_below(path, text);
	if ((token & MORE) != 0 && !attributes(walk, &own))
		return false;
	if (!evtxcursor_take(&walk->in, &own, 1, &closing))
		return false;
	if (closing == CLOSE_OPENING) {
		walk->depth++;
		if (!inside(walk, &own))
			return false;
		walk->depth--;
	} else if (closing != CLOSE_EMPTY) {
		return evtxcursor_refuse(&walk->in, own.at - 1,
					 "the tag of an element has no end");
	}
	walk->path = path;
	return own.at == own.end ||
	       evtxcursor_refuse(&walk->in, own.at,
				 "an element does not end where it should");
}

/* ---- fragments and templates ---- */

static bool fragment(struct walk *walk, struct evtxcursor *c, bool in_template);

static bool fragment_in_value(struct walk *walk, struct value *value)
{
	struct evtxcursor c = { value->off, value->off + (size_t)value->len };
	const struct values *values = walk->values;
	enum evtxsystem_path path = walk->path;
	uint32_t before = walk->in.cost;
	bool depends = walk->depends;

	if (walk->nested == EVTXXML_MAX_NESTED)
		return evtxcursor_refuse(&walk->in, c.at,
					 "its values are nested too deep");
	walk->nested++;
	walk->values = NULL;
	walk->path = EVTXSYSTEM_OTHER;
	walk->depends = false; /* so it is in values, but not in their templates */
	if (!fragment(walk, &c, false))
		return false;
	walk->nested--;
	walk->values = values;
	walk->path = path;
	walk->depends = depends;
	value->cost = walk->in.cost - before;
	return true;
}

/* The rows that tell size and type, then all values one behind the other. */
static bool read_values(struct walk *walk, struct evtxcursor *c, struct values *out)
{
	size_t at = c->at;

	if (!evtxcursor_take(&walk->in, c, 4, &out->n))
		return false;
	if (out->n > EVTXXML_MAX_VALUES)
		return evtxcursor_refuse(&walk->in, at, "it has too many values");
	for (uint32_t i = 0; i < out->n; i++) {
		uint32_t len = 0, type = 0;
		if (!evtxcursor_take(&walk->in, c, 2, &len) ||
		    !evtxcursor_take(&walk->in, c, 2, &type))
			return false;
		/* The upper byte of a type has no known meaning. */
		out->items[i] =
			(struct value){ .len = (uint16_t)len, .type = (uint8_t)type };
	}
	for (uint32_t i = 0; i < out->n; i++) {
		struct value *value = &out->items[i];
		value->off = (uint32_t)c->at;
		if (!evtxcursor_skip(&walk->in, c, value->len))
			return false;
		value->cost = 4 * (uint32_t)value->len; /* as UTF-8, or in digits */
		struct span bytes =
			span_clip(span_from(walk->in.chunk, value->off), value->len);
		if (value->type == EVTXVALUE_XML) {
			value->cost = 0;
			if (value->len > 0 && !fragment_in_value(walk, value))
				return false;
		} else if (!evtxvalue_is_sound(value->type, bytes)) {
			return evtxcursor_refuse(
				&walk->in, value->off,
				"a value cannot be of the type it is said to be");
		} else if ((value->type & ~EVTXVALUE_ARRAY) == EVTXVALUE_STRING) {
			see_text(walk, value->off, value->len);
		}
	}
	return true;
}

/* A template's head at c.  *body: what is in it; c is moved behind. */
static bool read_template(struct walk *walk, struct evtxcursor *c, uint32_t id,
			  struct evtxcursor *body)
{
	uint32_t next = 0, own = 0, size = 0;
	size_t at = c->at;

	if (!evtxcursor_take(&walk->in, c, 4, &next) ||
	    !evtxcursor_take(&walk->in, c, 4, &own) ||
	    !evtxcursor_skip(&walk->in, c, TEMPLATE_HEAD - 12) ||
	    !evtxcursor_take(&walk->in, c, 4, &size))
		return false;
	if (own != id)
		return evtxcursor_refuse(&walk->in, at,
					 "it names another template than the one there");
	*body = (struct evtxcursor){ c->at, c->at + size };
	return evtxcursor_skip(&walk->in, c, size);
}

static bool instance(struct walk *walk, struct evtxcursor *c)
{
	uint32_t version = 0, id = 0, off = 0;
	struct values values;
	struct evtxcursor body;
	size_t at = c->at;

	if (!evtxcursor_take(&walk->in, c, 1, &version) ||
	    !evtxcursor_take(&walk->in, c, 4, &id) ||
	    !evtxcursor_take(&walk->in, c, 4, &off))
		return false;
	if (off == c->at) {
		if (!read_template(walk, c, id, &body))
			return false;
	} else if (off < walk->in.first || off >= at) {
		return evtxcursor_refuse(&walk->in, at,
					 "its template is said to be where none can be");
	} else {
		struct evtxcursor elsewhere = { off, at };
		if (!read_template(walk, &elsewhere, id, &body))
			return false;
	}
	if (!read_values(walk, c, &values))
		return false;
	const struct values *outer = walk->values;
	bool depends = walk->depends;
	walk->values = &values;
	walk->depends = true;
	bool sound = fragment(walk, &body, true);
	walk->values = outer;
	walk->depends = depends;
	return sound;
}

/* Values end where they end; a template has its end told, and so has an event. */
static bool fragment(struct walk *walk, struct evtxcursor *c, bool in_template)
{
	uint32_t head = 0, token = 0, end = END_OF_STREAM;
	uint8_t next = 0;
	size_t at = c->at;

	if (!evtxcursor_take(&walk->in, c, 4, &head))
		return false;
	if (head != (0x00010100u | FRAGMENT))
		return evtxcursor_refuse(&walk->in, at,
					 "where XML should begin there is none");
	if (!span_u8(walk->in.chunk, c->at, &next) || c->at >= c->end)
		return evtxcursor_refuse(&walk->in, c->at, "it is cut short");
	if (next == TEMPLATE && !in_template) {
		if (!evtxcursor_take(&walk->in, c, 1, &token) || !instance(walk, c))
			return false;
	} else if ((next & ~MORE) == OPEN_ELEMENT) {
		if (!element(walk, c))
			return false;
	} else {
		return evtxcursor_refuse(&walk->in, c->at,
					 "it holds neither an element nor a template");
	}
	if (c->at < c->end && !evtxcursor_take(&walk->in, c, 1, &end))
		return false;
	return end == END_OF_STREAM ||
	       evtxcursor_refuse(&walk->in, c->at - 1, "it does not end where it should");
}

static void walk_over(struct span chunk, size_t first, size_t begin, size_t end,
		      struct walk *walk)
{
	walk->in = (struct evtxcursor_reading){ .chunk = span_clip(chunk, end),
						.first = first,
						.most = EVTXXML_MAX_BYTES };
	walk->depends = true;
	struct evtxcursor c = { begin, walk->in.chunk.len };

	*walk->out = (struct evtxxml){ .system.channel = text_of("") };
	if (begin > walk->in.chunk.len)
		(void)evtxcursor_refuse(&walk->in, begin, "it is cut short");
	else if (fragment(walk, &c, false))
		walk->out->end = c.at;
	walk->out->bytes = walk->in.cost;
	walk->out->fault = walk->in.fault;
	walk->out->fault_off = walk->in.fault_off;
}

void evtxxml_check(struct span chunk, size_t first, size_t begin, size_t end,
		   struct evtxxml *out)
{
	walk_over(chunk, first, begin, end, &(struct walk){ .out = out });
	if (!out->fault && out->units.halves && out->units.stand_ins) {
		out->fault =
			"its text has characters that cannot be given to the library";
		out->fault_off = begin;
	}
}

void evtxxml_texts(struct span chunk, size_t first, size_t begin, size_t end,
		   evtxxml_text *take, void *data)
{
	struct evtxxml out;

	walk_over(chunk, first, begin, end,
		  &(struct walk){ .out = &out, .take = take, .data = data });
}

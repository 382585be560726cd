/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "fleet/fleetchart.h"

#include "base/filetime.h"

/* In units of the drawing, which are pixels where it is as wide as it may get. */
#define LEFT 34
#define PART_WIDTH 11
#define TOP 14
#define HEIGHT 120
#define WIDTH (LEFT + FLEETCHART_PARTS * PART_WIDTH + 4)
#define BOTTOM (TOP + HEIGHT)

static bool is_bounded(const struct fleetdata_loss *loss)
{
	return loss->from_ft > 0 && loss->to_ft >= loss->from_ft;
}

uint64_t fleetchart_from(const struct fleetchart *chart, size_t part)
{
	uint64_t all = chart->to_ft - chart->from_ft;

	/* Not all * part: that could be too large. */
	return chart->from_ft + all / FLEETCHART_PARTS * part +
	       all % FLEETCHART_PARTS * part / FLEETCHART_PARTS;
}

static size_t part_of(const struct fleetchart *chart, uint64_t ft)
{
	size_t part = 0;

	while (part + 1 < FLEETCHART_PARTS && fleetchart_from(chart, part + 1) <= ft)
		part++;
	return part;
}

/* A minute for each part at least, so that moments stand apart from each other. */
static void find_ends(const struct fleetdata *data, struct fleetchart *chart)
{
	const uint64_t least = FLEETCHART_PARTS * UINT64_C(600000000);

	chart->from_ft = UINT64_MAX;
	for (size_t i = 0; i < data->losses.n; i++) {
		const struct fleetdata_loss *loss = &data->losses.items[i];
		if (!is_bounded(loss)) {
			chart->n_open++;
			continue;
		}
		chart->n_drawn++;
		if (loss->from_ft < chart->from_ft)
			chart->from_ft = loss->from_ft;
		if (loss->to_ft > chart->to_ft)
			chart->to_ft = loss->to_ft;
	}
	if (chart->n_drawn == 0)
		chart->from_ft = 0;
	else if (chart->to_ft < UINT64_MAX)
		chart->to_ft++;
	if (chart->to_ft - chart->from_ft < least && chart->from_ft <= UINT64_MAX - least)
		chart->to_ft = chart->from_ft + least;
}

void fleetchart_count(const struct fleetdata *data, struct fleetchart *out)
{
	*out = (struct fleetchart){ .n_open = data->n_losses_left_out };
	find_ends(data, out);
	for (size_t i = 0; i < data->losses.n; i++) {
		const struct fleetdata_loss *loss = &data->losses.items[i];
		size_t first, last;
		if (!is_bounded(loss))
			continue;
		first = part_of(out, loss->from_ft);
		last = part_of(out, loss->to_ft);
		out->least[first] += first == last;
		for (size_t part = first; part <= last; part++)
			out->most[part]++;
	}
}

/* ---- the drawing ---- */

static size_t highest(const struct fleetchart *chart)
{
	size_t most = 1;

	for (size_t i = 0; i < FLEETCHART_PARTS; i++)
		if (chart->most[i] > most)
			most = chart->most[i];
	return most;
}

static void put_bar(struct index_markup *page, const char *class, size_t part, size_t n,
		    size_t most)
{
	/* What is there can be seen, however much there is of others. */
	size_t height = n * HEIGHT / most;

	if (n == 0)
		return;
	height = height > 2 ? height : 2;
	indexmarkup_put(page,
			"<rect class=\"%s\" x=\"%zu\" y=\"%zu\" width=\"%d\" "
			"height=\"%zu\"/>\n",
			class, LEFT + part * PART_WIDTH + 1, BOTTOM - height,
			PART_WIDTH - 2, height);
}

static void put_ends(struct index_markup *page, const struct fleetchart *chart)
{
	for (int i = 0; i < 2; i++) {
		char text[FILETIME_TEXT_SIZE];
		filetime_format(i == 0 ? chart->from_ft : chart->to_ft, text);
		indexmarkup_put(page,
				"<text class=\"gap\" x=\"%d\" y=\"%d\" "
				"text-anchor=\"%s\">%.10s %.5s</text>\n",
				i == 0 ? LEFT : WIDTH - 4, BOTTOM + 15,
				i == 0 ? "start" : "end", text, text + 11);
	}
}

static void put_drawing(struct index_markup *page, const struct fleetchart *chart)
{
	size_t most = highest(chart);

	indexmarkup_put(page,
			"<svg role=\"img\" aria-labelledby=\"page-chart-title "
			"page-chart-desc\" viewBox=\"0 0 %d %d\">\n"
			"<title id=\"page-chart-title\">Losses over time</title>\n"
			"<desc id=\"page-chart-desc\">For each of %d equal parts of the "
			"time from the first bound to the last: how many profiles were "
			"lost in it at least, and how many at most.</desc>\n",
			WIDTH, BOTTOM + 22, FLEETCHART_PARTS);
	for (size_t i = 0; i < FLEETCHART_PARTS; i++) {
		put_bar(page, "bound", i, chart->most[i], most);
		put_bar(page, "moment", i, chart->least[i], most);
	}
	indexmarkup_put(page,
			"<line class=\"rail\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
			"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%zu</text>\n"
			"<text x=\"%d\" y=\"%d\" text-anchor=\"end\">0</text>\n",
			LEFT, BOTTOM, WIDTH - 4, BOTTOM, LEFT - 4, TOP + 10, most,
			LEFT - 4, BOTTOM);
	put_ends(page, chart);
	indexmarkup_put(page, "</svg>\n");
}

void fleetchart_write(const struct fleetchart *chart, struct index_markup *page)
{
	if (chart->n_drawn == 0) {
		indexmarkup_put(page,
				"<p>There is no loss between two bounds to draw.</p>\n");
		return;
	}
	indexmarkup_put(page, "<div class=\"chart\">\n");
	put_drawing(page, chart);
	indexmarkup_put(
		page,
		"<div>\n<p><strong>Filled:</strong> so many losses happened in that part "
		"of the time for certain, for their moment is known, or both their "
		"bounds lie in it.</p>\n<p><strong>Outlined:</strong> so many may have, "
		"for their bounds reach into it. A bound is no moment: such a loss is "
		"outlined in more than one part, and happened in one of them.</p>\n"
		"<p class=\"dim\">%zu losses are drawn. Each part is one of %d; times "
		"are UTC.</p>\n",
		chart->n_drawn, FLEETCHART_PARTS);
	if (chart->n_open > 0)
		indexmarkup_put(page,
				"<p class=\"cut\">%zu more are not drawn: they have not "
				"two bounds that agree.</p>\n",
				chart->n_open);
	indexmarkup_put(page, "</div>\n</div>\n");
}

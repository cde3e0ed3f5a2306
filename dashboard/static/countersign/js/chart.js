/* Draws the figures that the server built. The server writes colours and fonts as "var(--name)"; their values are read
   here at the time of drawing, so a change of theme only draws again. Whatever fails, the table stays open.

   <figure data-chart> holds [data-chart-place], a JSON script {data, layout, narrow} and [data-chart-table].
   `narrow` (optional) holds layout values for a place under 480 px. */

const NARROW = 480;
const CONFIG = { displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false, showTips: false };
const FONTS = ['400 14px "Source Sans 3"', '600 14px "Source Sans 3"'];

// What every chart of this product has in common. A template that the server sends is replaced by this one.
const FONT = { family: "var(--font-sans)", size: 13, color: "var(--ink-2)" };
const AXIS = {
  fixedrange: true,
  gridcolor: "var(--c-grid)",
  linecolor: "var(--c-grid)",
  tickcolor: "var(--c-grid)",
  tickfont: FONT,
  zerolinecolor: "var(--c-grid)",
};
const TEMPLATE = {
  layout: {
    annotationdefaults: { showarrow: false, yanchor: "bottom" },
    colorway: ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)"],
    dragmode: false,
    hovermode: "closest",
    font: FONT,
    hoverlabel: {
      bgcolor: "var(--surface)",
      bordercolor: "var(--control)",
      font: { ...FONT, color: "var(--ink)" },
    },
    margin: { l: 32, r: 12, t: 28, b: 32 },
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    showlegend: false,
    xaxis: { ...AXIS, showgrid: false },
    yaxis: { ...AXIS, zeroline: false },
  },
  data: { scatter: [{ marker: { opacity: 1 } }] },
};

// The server folds a figure to few bytes (dashboard/figures/fold.py says how): this is the way back.
const LETTERS = Array.from({ length: 0x7e - 0x28 }, (_, place) => String.fromCharCode(0x28 + place))
  .filter((letter) => !"<=>\\".includes(letter))
  .join("");
const MIDDLE = Math.floor(LETTERS.length / 2);
const DAY = 86_400_000;
const HOVER = "%{text}: %{y}<extra></extra>";
const SHAPE = { yref: "paper", y0: 0, y1: 1, line: { width: 0 } };
const WORDS = { yref: "paper", y: 1, xanchor: "center" };

function unpacked(text) {
  return (text.match(/~-?\d+;|./g) ?? []).map((part) => {
    if (part[0] === "~") return Number(part.slice(1, -1));
    return part === "!" ? null : LETTERS.indexOf(part) - MIDDLE;
  });
}

function series(fold, [style, days, figures, opacity = 1], named) {
  let [day, tenths] = [Date.parse(fold.first), 0];
  const y = unpacked(figures).map((step) => (step === null ? null : (tenths += step) / 10));
  const steps = unpacked(days.replace("=", ""));
  if (days.endsWith("=")) steps.push(...Array(y.length - steps.length).fill(1));
  const dates = steps.map((step) => new Date((day += step * DAY)));
  const trace = { type: "scatter", mode: "lines", hoverinfo: "skip", opacity, ...fold.styles[style] };
  if (trace.hoverinfo === "all") trace.hovertemplate ??= HOVER;
  if (trace.hovertemplate) trace.text = dates.map((date) => named.format(date));
  return { ...trace, x: dates.map((date) => date.toISOString().slice(0, 10)), y };
}

// What is implied, unless something else is given; null says that it does not hold.
function whole(given, implied) {
  return Object.fromEntries(Object.entries({ ...implied, ...given }).filter(([, value]) => value !== null));
}

// The layout of a narrow screen: what differs from the wide one, and places in it for what is the same.
function beside(narrow, layout) {
  const apart = ([name, value]) => {
    if (Array.isArray(value))
      return [name, value.map((each) => (typeof each === "number" ? layout[name][each] : whole(each, WORDS)))];
    if (value === null || typeof value !== "object") return [name, value];
    const { ticks, ...rest } = value;
    const wide = layout[name] ?? {};
    if (ticks) for (const each of ["tickvals", "ticktext"]) rest[each] = ticks.map((place) => wide[each][place]);
    return [name, whole(rest, wide)];
  };
  return Object.fromEntries(Object.entries(narrow).map(apart));
}

function unfolded(fold) {
  const language = document.documentElement.lang || "en";
  const named = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  const layout = { ...fold.layout };
  if (layout.shapes) layout.shapes = layout.shapes.map((each) => whole(each, { ...SHAPE, x1: each.x0 }));
  if (layout.annotations) layout.annotations = layout.annotations.map((each) => whole(each, WORDS));
  return { data: fold.series.map((each) => series(fold, each, named)), layout, narrow: beside(fold.narrow, layout) };
}

function token(name, probe) {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  if (!CSS.supports("color", value)) return value;
  probe.style.color = value; // a system colour such as CanvasText becomes one that Plotly can read
  const colour = getComputedStyle(probe).color;
  probe.style.color = "";
  return colour;
}

function resolved(value, probe) {
  if (typeof value === "string") return value.replace(/var\((--[\w-]+)\)/g, (_, name) => token(name, probe));
  if (Array.isArray(value)) return value.map((each) => resolved(each, probe));
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, probe)]));
  }
  return value;
}

function layoutFor(figure, width) {
  const layout = width < NARROW ? { ...figure.layout, ...figure.narrow } : { ...figure.layout };
  return { autosize: true, ...layout, template: TEMPLATE };
}

async function draw(chart) {
  const { element, place, figure } = chart;
  const { data, layout } = resolved({ data: figure.data, layout: layoutFor(figure, place.clientWidth) }, place);
  chart.narrow = place.clientWidth < NARROW;
  await window.Plotly.react(place, data, layout, CONFIG);
  element.dataset.drawn = "";
}

function give_up(element) {
  delete element.dataset.chart;
  delete element.dataset.drawn;
  const table = element.querySelector("[data-chart-table]");
  if (table) table.open = true;
}

async function begin(element) {
  const place = element.querySelector("[data-chart-place]");
  const figure = unfolded(JSON.parse(element.querySelector('script[type="application/json"]').textContent));
  const chart = { element, place, figure, narrow: false };
  await draw(chart);
  const table = element.querySelector("[data-chart-table]");
  if (table) table.open = false;
  new ResizeObserver(() => {
    if (place.clientWidth && place.clientWidth < NARROW !== chart.narrow) draw(chart);
  }).observe(place);
  return chart;
}

function follow_theme(charts) {
  const again = () => charts.forEach((chart) => draw(chart));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  matchMedia("print").addEventListener("change", again);
  new MutationObserver(again).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}

async function start() {
  const elements = [...document.querySelectorAll("figure[data-chart]")];
  if (!elements.length) return;
  if (!window.Plotly) {
    elements.forEach(give_up);
    return;
  }
  // Labels measured in a fallback font would sit a few pixels off.
  await Promise.allSettled(FONTS.map((font) => document.fonts.load(font)));
  const begun = elements.map((element) =>
    begin(element).catch(() => {
      give_up(element);
      return null;
    }),
  );
  follow_theme((await Promise.all(begun)).filter(Boolean));
}

start();

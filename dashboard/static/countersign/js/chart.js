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
    annotationdefaults: { showarrow: false },
    colorway: ["var(--c1)", "var(--c2)", "var(--c3)", "var(--c4)"],
    dragmode: false,
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
    xaxis: AXIS,
    yaxis: AXIS,
  },
  data: { scatter: [{ marker: { opacity: 1 } }] },
};

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
  const figure = JSON.parse(element.querySelector('script[type="application/json"]').textContent);
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

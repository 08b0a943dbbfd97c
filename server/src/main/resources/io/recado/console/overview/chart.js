import { Chart, BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip } from 'chart.js';
import { html } from 'lit';
import { Part } from '../core/element.js';
import { number } from '../core/format.js';

Chart.register(BarController, BarElement, CategoryScale, LinearScale, LineController, LineElement, PointElement, Tooltip);

/**
 * A chart over time, and the same as a table for those who cannot see it.
 * `series`: `{name, colour, values}`; `colour` is the name of one of the stylesheet's.
 */
class TimeChart extends Part {
  static properties = {
    kind: {},
    label: {},
    names: { attribute: false },
    series: { attribute: false },
    show: { attribute: false },
  };

  constructor() {
    super();
    this.kind = 'line';
    this.show = number;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(window, 'recado-theme', () => this.#draw());
    this.listen(matchMedia('(prefers-color-scheme: dark)'), 'change', () => this.#draw());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.chart?.destroy();
    this.chart = undefined;
  }

  updated() {
    this.#draw();
  }

  #draw() {
    const canvas = this.querySelector('canvas');
    if (!canvas || !this.series) return;
    this.chart?.destroy();
    const text = colour(this, '--text-2');
    const line = colour(this, '--line');
    const scale = { grid: { color: line }, border: { display: false }, ticks: { color: text, maxRotation: 0, autoSkipPadding: 16 } };
    this.chart = new Chart(canvas, {
      type: this.kind,
      data: {
        labels: this.names,
        datasets: this.series.map((one) => ({
          label: one.name,
          data: one.values,
          borderColor: colour(this, one.colour),
          backgroundColor: colour(this, one.colour),
          borderWidth: this.kind === 'line' ? 2 : 0,
          borderRadius: 3,
          pointRadius: this.names.length > 40 ? 0 : 2,
          tension: 0.25,
        })),
      },
      options: {
        animation: false,
        maintainAspectRatio: false,
        interaction: { mode: 'index', intersect: false },
        scales: { x: { ...scale, grid: { display: false } }, y: { ...scale, beginAtZero: true, ticks: { ...scale.ticks, precision: 0, callback: (value) => this.show(value) } } },
        plugins: { tooltip: { callbacks: { label: (item) => ` ${item.dataset.label}: ${this.show(item.parsed.y)}` } } },
      },
    });
  }

  render() {
    return html`
      <ul class="legend">${this.series.map((one) => html`<li><i class=${one.colour.slice(2)}></i>${one.name}</li>`)}</ul>
      <div class="chart"><canvas role="img" aria-label=${this.label}></canvas></div>
      <div class="unseen"><table><caption>${this.label}</caption>
        <thead><tr><td></td>${this.series.map((one) => html`<th scope="col">${one.name}</th>`)}</tr></thead>
        <tbody>${this.names.map((name, index) => html`<tr><th scope="row">${name}</th>${this.series.map((one) => html`<td>${this.show(one.values[index] ?? 0)}</td>`)}</tr>`)}</tbody>
      </table></div>`;
  }
}
customElements.define('recado-chart', TimeChart);

/** What a colour of the stylesheet is now, by day or by night. @param {Element} near @param {string} name */
function colour(near, name) {
  const probe = document.createElement('i');
  probe.style.color = `var(${name})`;
  near.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}

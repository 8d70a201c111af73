// The preview: what the server tells, shown and kept up to date in place. Plain DOM, no framework.
"use strict";

const $ = id => document.getElementById(id);
const decks = new Map();           // slug -> deck, as the server tells it
const seen = { reel: null, at: 0, asked: -1, held: null, view: "slide", query: "", only: "all", fresh: new Set() };
const born = new Map();             // slug -> when its carousel came, ms: the new name of one that goes
const still = matchMedia("(prefers-reduced-motion: reduce)");

// --- making elements ---------------------------------------------------------------------------

function h(tag, given = {}, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...inside.filter(one => one != null && one !== false && one !== ""));
  return made;
}

function icon(name) {
  const drawn = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  drawn.setAttribute("class", "icon");
  drawn.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#i-${name}`);
  drawn.append(use);
  return drawn;
}

const text = (node, words) => { if (node.textContent !== words) node.textContent = words; };
const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
const source = (img, url) => { if (img.getAttribute("src") !== url) img.src = url; };

// Behind an open dialog nothing is heard: the full view says for itself.
function say(words) {
  const box = $($("big").open ? "big-said" : "said");
  box.textContent = "";
  requestAnimationFrame(() => { box.textContent = words; });
}

// --- the wall: all carousels -------------------------------------------------------------------

function card(deck) {
  const made = h("li", { class: "card", "data-slug": deck.slug },
    h("a", {},
      h("span", { class: "pile" }, icon("error"), h("img", { alt: "", loading: "lazy", decoding: "async" })),
      h("span", { class: "card-title" }),
      h("span", { class: "card-path" })),
    h("p", { class: "card-more" }));
  dress(made, deck);
  return made;
}

function dress(made, deck) {
  const link = made.querySelector("a"), img = made.querySelector("img");
  link.href = address(deck.reels.length ? deck.reels[0].key : deck.slug);
  made.dataset.state = deck.state;
  made.querySelector(".pile").classList.toggle("none", !deck.cover);
  if (deck.cover) source(img, deck.cover); else img.removeAttribute("src");
  text(made.querySelector(".card-title"), deck.title);
  text(made.querySelector(".card-path"), deck.path);
  const chips = [];
  if (deck.state === "waiting") chips.push(h("span", { class: "chip busy" }, "building"));
  if (deck.errors) chips.push(h("span", { class: "chip bad" }, icon("error"), many(deck.errors, "error")));
  if (deck.warnings) chips.push(h("span", { class: "chip odd" }, icon("warning"), many(deck.warnings, "warning")));
  for (const reel of deck.reels) {
    const named = reel.brand && twice(deck, reel) ? `${reel.target} · ${reel.brand}` : reel.target;
    chips.push(h("a", { class: "chip", href: address(reel.key) }, `${named} ${reel.count || ""}`.trim()));
  }
  made.querySelector(".card-more").replaceChildren(...chips);
}

const twice = (deck, reel) => deck.reels.filter(one => one.target === reel.target).length > 1;
const address = (key, at = 0) => `#/${key}${at ? `@${at + 1}` : ""}`;

function hang() {
  const cards = $("cards"), there = new Map([...cards.children].map(one => [one.dataset.slug, one]));
  const wanted = [...decks.values()].sort((a, b) => a.slug < b.slug ? -1 : 1);
  wanted.forEach((deck, place) => {
    let made = there.get(deck.slug);
    if (made) dress(made, deck); else made = card(deck);
    there.delete(deck.slug);
    if (cards.children[place] !== made) cards.insertBefore(made, cards.children[place] || null);
  });
  there.forEach(gone => gone.remove());
  filters();
  sift();
}

function filters() {
  const targets = [...new Set([...decks.values()].flatMap(deck => deck.reels.map(one => one.target)))].sort();
  const trouble = [...decks.values()].some(deck => deck.errors + deck.warnings);
  const names = ["all", ...(trouble || seen.only === "problems" ? ["problems"] : []), ...(targets.length > 1 ? targets : [])];
  if (!names.includes(seen.only)) seen.only = "all";
  const box = $("filters");
  if (box.dataset.names !== names.join()) {
    box.dataset.names = names.join();
    box.replaceChildren(...names.map(name => h("button", {
      type: "button", class: "chip pick", "data-name": name,
      onclick: () => { seen.only = name; filters(); sift(); },
    }, { all: "All", problems: "With problems" }[name] || name)));
  }
  box.hidden = names.length < 2;
  for (const one of box.children) one.setAttribute("aria-pressed", String(one.dataset.name === seen.only));
}

function sift() {
  const words = seen.query.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const made of $("cards").children) {
    const deck = decks.get(made.dataset.slug);
    const told = `${deck.title} ${deck.path} ${deck.reels.map(one => `${one.target} ${one.brand}`).join(" ")}`.toLowerCase();
    const fits = words.every(word => told.includes(word)) && (seen.only === "all"
      || (seen.only === "problems" ? deck.errors + deck.warnings > 0 : deck.reels.some(one => one.target === seen.only)));
    made.hidden = !fits;
    shown += fits;
  }
  const waiting = [...decks.values()].filter(deck => deck.state === "waiting").length;
  const failed = [...decks.values()].filter(deck => deck.state === "failed").length;
  const state = waiting ? `${waiting} to build` : failed ? `${failed} can’t be built` : decks.size ? "all built" : "";
  text($("wall-count"), [shown === decks.size ? many(decks.size, "carousel") : `${shown} of ${many(decks.size, "carousel")}`, state].filter(Boolean).join(" · "));
  $("wall-empty").hidden = shown > 0;
  text($("wall-empty"), decks.size ? "Nothing matches." : "There are no carousels yet. threadpress new thread my-first makes one.");
}

// --- the table: one carousel -------------------------------------------------------------------

const slide = () => seen.reel?.slides[seen.at];

function lay(reel) {
  const before = seen.reel, same = before && before.key === reel.key;
  if (same && reel.when < before.when) return;
  if (same && !reel.slides.length && !reel.proved) reel.slides = before.slides;  // a server that starts again
  const kept = same && slide() ? again(reel.slides, slide(), seen.at) : -1;
  seen.reel = reel;
  if (!same) seen.fresh.clear();
  if (kept >= 0 && same) seen.at = kept;
  else if (same && !reel.proved && seen.at >= reel.slides.length) seen.asked = Math.max(seen.asked, seen.at);
  if (seen.asked >= 0 && (seen.asked < reel.slides.length || reel.proved)) {  // it may not have been drawn yet
    seen.at = seen.asked;
    seen.asked = -1;
  }
  const redrawn = same && reel.slides.map(one => one.id).join() !== before.slides.map(one => one.id).join();
  if (redrawn && reel.changed.length) {
    reel.changed.forEach(number => seen.fresh.add(reel.slides[number - 1]?.id));
    if ($("follow").checked && !reel.changed.includes(seen.at + 1)) seen.at = reel.changed[0] - 1;
    seen.flash = reel.changed.includes(seen.at + 1) && !before.slides.some(one => one.id === reel.slides[seen.at]?.id);
    say(reel.changed.length === 1 ? `Slide ${reel.changed[0]} of ${reel.slides.length} is new.` : `${many(reel.changed.length, "slide")} are new.`);
  }
  seen.at = Math.max(0, Math.min(seen.at, reel.slides.length - 1));
  if (same && before.state !== reel.state)
    say(reel.state === "failed" ? `${reel.path} can’t be built: ${reel.problems.find(one => one.severity === "error")?.message || ""}` : "It is built again.");
  strip();
  targets();
  facts();
  Object.assign($("deck").dataset, { proved: reel.proved, sharp: reel.sharp, state: reel.state });
  turn(seen.at, { quiet: true });
}

// Where the slide that is looked at stands now: the same picture, else the same words, the nearest.
function again(slides, now, at) {
  const near = fits => slides.map((one, place) => [one, place]).filter(([one]) => fits(one)).sort((a, b) => Math.abs(a[1] - at) - Math.abs(b[1] - at))[0]?.[1] ?? -1;
  const same = near(one => one.id === now.id);
  return same >= 0 || !now.words ? same : near(one => one.words === now.words && one.kind === now.kind);
}

function strip() {
  const list = $("strip"), slides = seen.reel.slides;
  while (list.children.length > slides.length) list.lastElementChild.remove();
  while (list.children.length < slides.length) {
    const number = list.children.length;
    list.append(h("li", {}, h("button", { type: "button", onclick: () => turn(number) },
      h("img", { alt: "", decoding: "sync", loading: number > 15 ? "lazy" : "eager" }), h("span", { class: "number", "aria-hidden": "true" }, String(number + 1)), h("span", { class: "mark", "aria-hidden": "true" }))));
  }
  slides.forEach((one, number) => {
    const item = list.children[number], button = item.firstElementChild;
    const wrong = seen.reel.problems.filter(problem => problem.slide === number + 1 && problem.severity !== "info");
    source(button.firstElementChild, one.small);
    ratio(button.firstElementChild);
    item.classList.toggle("bad", wrong.some(problem => problem.severity === "error"));
    item.classList.toggle("odd", wrong.length > 0);
    item.classList.toggle("fresh", seen.fresh.has(one.id) && number !== seen.at);
    const words = one.words.split(" "), begins = words.slice(0, 8).join(" ") + (words.length > 8 ? " …" : "");
    const told = [`Slide ${number + 1}${begins && `: ${begins}`}`, seen.fresh.has(one.id) && number !== seen.at ? "new" : "", wrong.length ? many(wrong.length, "problem") : ""];
    button.setAttribute("aria-label", told.filter(Boolean).join(", "));
    button.tabIndex = number === seen.at ? 0 : -1;
    if (number === seen.at) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
  });
}

function ratio(node) {
  const page = seen.reel.page;
  node.style.aspectRatio = page ? `${page[0]} / ${page[1]}` : "";
  node.style.setProperty("--ratio", page ? page[0] / page[1] : 0.8);
}

function targets() {
  const box = $("targets"), deck = decks.get(seen.reel.slug), reels = deck ? deck.reels : [];
  box.hidden = reels.length < 2;
  const told = reels.map(one => one.key).join() + seen.reel.key;
  if (box.dataset.told === told) return;
  box.dataset.told = told;
  box.replaceChildren(...reels.map(one => h("label", {},
    h("input", { type: "radio", name: "target", value: one.key, checked: one.key === seen.reel.key, onchange: () => { location.hash = address(one.key, seen.at); } }),
    h("span", {}, one.brand && twice(deck, one) ? `${one.targetTitle} · ${one.brand}` : one.targetTitle))));
}

function facts() {
  const reel = seen.reel;
  text($("deck-title"), reel.title);
  text($("where-title"), reel.title);
  text($("deck-path"), reel.page ? `${reel.path} · ${reel.targetTitle}` : reel.path);
  document.title = `${reel.title} – Threadpress`;
  files(reel);
  $("no-files").hidden = reel.files.length > 0;
  text($("no-files"), reel.state === "waiting" ? "They are being made." : "Nothing is built yet.");
  text($("no-problems"), reel.state === "waiting" ? "It is being built." : "None. Every word fits.");
  problems();
}

// The slides' own pictures are many: they stand behind one line, after what is one file.
function files(reel) {
  const told = JSON.stringify(reel.files), box = $("files");
  if (box.dataset.told === told) return;
  box.dataset.told = told;
  const row = file => h("li", {}, h("a", { href: file.url, download: file.name, class: /\.(pdf|zip)$/.test(file.name) && "main" }, icon("down"), h("span", {}, file.name, file.name.endsWith(".zip") && h("small", {}, "the pack: all that a post needs")), h("span", { class: "quiet" }, weight(file.bytes))));
  const numbered = reel.files.filter(file => /^\d+\.\w+$/.test(file.name));
  const rank = file => ["pdf", "zip"].indexOf(file.name.split(".").pop()) + 1 || 9;
  const others = reel.files.filter(file => !numbered.includes(file)).sort((a, b) => rank(a) - rank(b));
  box.replaceChildren(...others.map(row));
  if (numbered.length) box.append(h("li", {}, h("details", {},
    h("summary", {}, h("span", {}, many(numbered.length, "picture")), h("span", { class: "quiet" }, weight(numbered.reduce((sum, file) => sum + file.bytes, 0)))), h("ul", {}, ...numbered.map(row)))));
}

function weight(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function problems() {
  const reel = seen.reel, here = seen.at + 1;
  const rank = one => (one.slide === here ? 0 : 10) + { error: 0, warning: 1, info: 2 }[one.severity];
  const sorted = [...reel.problems].sort((a, b) => rank(a) - rank(b));
  $("problems").replaceChildren(...sorted.map(one => problem(one, here)));
  $("no-problems").hidden = sorted.length > 0;
  const wrong = sorted.filter(one => one.severity === "error");
  $("broken").hidden = reel.state !== "failed";
  $("stage").classList.toggle("stale", reel.state === "failed");
  if (reel.state === "failed")
    $("broken").replaceChildren(h("p", { class: "broken-title" }, reel.slides.length ? "Below is the last good state." : "It can’t be built yet."), h("ul", { class: "problems" }, ...wrong.slice(0, 3).map(one => problem(one, here))));
}

function problem(one, here = 0) {
  const place = one.place && h("button", { type: "button", class: "place", title: "Copy this place", onclick: event => copy(event.currentTarget, one.place) }, one.place, icon("copy"));
  const jump = one.slide && one.slide !== here && seen.reel?.slides[one.slide - 1] && h("button", { type: "button", class: "jump", onclick: () => turn(one.slide - 1) }, `slide ${one.slide}`);
  return h("li", { class: `problem ${{ error: "bad", warning: "odd", info: "fyi" }[one.severity]}` },
    icon(one.severity),
    h("div", {},
      h("p", { class: "problem-head" }, h("strong", {}, one.severity), h("code", {}, one.code), jump || null),
      h("p", {}, ...ticked(one.message)),
      one.hint ? h("p", { class: "quiet" }, ...ticked(one.hint)) : null,
      place || null));
}

// `words` between backticks are code in messages and hints.
const ticked = words => words.split("`").map((part, place) => place % 2 ? h("code", {}, part) : part).filter(part => part !== "");

async function copy(button, words) {
  try {
    await navigator.clipboard.writeText(words);
    say(`Copied ${words}`);
    button.classList.add("copied");
    setTimeout(() => button.classList.remove("copied"), 1200);
  } catch {
    say(words);  // no clipboard here: it can be selected
  }
}

function turn(to, { quiet = false } = {}) {
  const slides = seen.reel.slides;
  const moved = to !== seen.at;
  seen.at = Math.max(0, Math.min(to, slides.length - 1));
  const now = slide(), list = $("strip"), count = slides.length;
  if (now) seen.fresh.delete(now.id);
  [...list.children].forEach((item, number) => {
    const button = item.firstElementChild, here = number === seen.at;
    if (here) button.setAttribute("aria-current", "true"); else button.removeAttribute("aria-current");
    if (here && !quiet && list.contains(document.activeElement)) button.focus({ preventScroll: true });
    button.tabIndex = here ? 0 : -1;
    if (here) item.classList.remove("fresh");
  });
  if (moved || !quiet) reveal(list.children[seen.at]);
  text($("at"), count ? `${seen.at + 1} / ${count}` : "–");
  text($("big-at"), $("at").textContent);
  $("before").disabled = seen.at === 0;
  $("after").disabled = seen.at >= count - 1;
  $("place").hidden = !now?.place;
  if (now?.place && $("place").dataset.place !== now.place) {
    $("place").dataset.place = now.place;
    $("place").replaceChildren(now.place, icon("copy"));
  }
  $("layout").hidden = !now?.layout;
  text($("layout"), now?.layout || "");
  text($("words"), now?.words || "–");
  $("words").lang = seen.reel.lang || "";
  show();
  if (moved) problems();
  if (!quiet) {
    seen.asked = -1;
    history.replaceState(null, "", address(seen.reel.key, seen.at));
    say(`Slide ${seen.at + 1} of ${count}. ${now?.words || ""}`.trim());
  }
}

function reveal(item) {
  if (!item) return;
  const list = $("strip"), across = list.scrollWidth > list.clientWidth + 1;
  const behavior = still.matches ? "auto" : "smooth";
  if (across) list.scrollTo({ left: item.offsetLeft - (list.clientWidth - item.clientWidth) / 2, behavior });
  else list.scrollTo({ top: item.offsetTop - (list.clientHeight - item.clientHeight) / 2, behavior });
}

// --- the stage: the slide itself, in a phone, in a grid -----------------------------------------

function show() {
  const spot = $("spot"), now = slide();
  const kind = `${seen.view} ${seen.reel.key}`;
  if (spot.dataset.kind !== kind) {
    spot.dataset.kind = kind;
    spot.replaceChildren(frames[seen.view]());
  }
  for (const img of spot.querySelectorAll("img.slide")) picture(img, now);
  for (const box of spot.querySelectorAll(".media, .media .guide")) ratio(box);
  for (const part of spot.querySelectorAll("[data-say]")) text(part, told[part.dataset.say]());
  const dots = spot.querySelector(".dots");
  if (dots) dot(dots);
  guide(spot.querySelector(".sheet"));
  if ($("big").open) picture($("big-slide"), now);
  seen.flash = false;
}

const told = {
  at: () => seen.reel.slides.length ? `${seen.at + 1}/${seen.reel.slides.length}` : "",
  pages: () => many(seen.reel.slides.length, "page"),
  title: () => seen.reel.title,
  speaker: () => seen.reel.speaker || "Your Name",
  handle: () => (seen.reel.handle || "@you").replace(/^@/, ""),
  first: () => (seen.reel.speaker || "Your Name").slice(0, 1).toUpperCase(),
};

function picture(img, now) {
  if (!now) { img.removeAttribute("src"); img.alt = ""; return; }
  img.alt = now.words || `Slide ${seen.at + 1}`;
  ratio(img);
  if (img.dataset.id !== now.id) {
    img.dataset.id = now.id;
    img.src = now.small;
    if (seen.flash) flash(img);
  }
  sharpen(img, now);
}

// The small picture is there at once; where its pixels do not suffice the full one takes its place.
async function sharpen(img, now) {
  if (!seen.reel.sharp || img.dataset.full === now.id) return;
  await img.decode().catch(() => {});
  const wanted = img.clientWidth * devicePixelRatio;
  if (img.dataset.id !== now.id || img.dataset.full === now.id || wanted < img.naturalWidth * 1.08) return;
  const full = new Image();
  full.src = now.full;
  try { await full.decode(); } catch { return; }
  if (img.dataset.id !== now.id) return;
  img.dataset.full = now.id;
  img.src = now.full;
}

function flash(img) {
  const sheet = img.closest(".sheet, .big");
  sheet?.classList.remove("new");
  void sheet?.offsetWidth;
  sheet?.classList.add("new");
}

const pictured = () => h("img", { class: "slide", alt: "", decoding: "sync", draggable: "false" });
const bones = (...widths) => widths.map(width => h("span", { class: `bone w${width}` }));

const frames = {
  slide: () => h("div", { class: "sheet" }, pictured(), h("div", { class: "guide", "aria-hidden": "true" })),
  linkedin: () => phone("linkedin",
    h("div", { class: "app" }, h("span", { class: "face" }), h("span", { class: "pill" }), h("span", { class: "dotted" })),
    h("div", { class: "post" },
      h("div", { class: "who" }, h("span", { class: "face", "data-say": "first" }), h("div", {}, h("b", { "data-say": "speaker" }), ...bones(60, 30))),
      h("div", { class: "caption" }, ...bones(95, 80)),
      h("div", { class: "document" }, h("div", { class: "sheet" }, pictured(), h("div", { class: "guide", "aria-hidden": "true" }))),
      h("div", { class: "document-foot" }, h("b", { "data-say": "title" }), h("span", { "data-say": "at" })),
      h("div", { class: "acts" }, icon("heart"), icon("talk"), icon("send"), icon("keep")))),
  instagram: () => phone("instagram",
    h("div", { class: "app" }, h("span", { class: "pill wide" }), icon("heart"), icon("send")),
    h("div", { class: "post" },
      h("div", { class: "who" }, h("span", { class: "face ring", "data-say": "first" }), h("b", { "data-say": "handle" }), h("span", { class: "dotted" })),
      h("div", { class: "sheet media" }, pictured(), h("div", { class: "guide", "aria-hidden": "true" }), h("span", { class: "count", "data-say": "at" })),
      h("div", { class: "acts" }, icon("heart"), icon("talk"), icon("send"), h("span", { class: "dots" }), icon("keep")),
      h("div", { class: "caption" }, h("b", { "data-say": "handle" }), ...bones(95, 60)))),
  grid: () => phone("profile",
    h("div", { class: "app" }, h("b", { "data-say": "handle" }), h("span", { class: "dotted" })),
    h("div", { class: "profile-head" }, h("span", { class: "face ring large", "data-say": "first" }), h("div", { class: "tally" }, ...bones(60, 60, 60))),
    h("div", { class: "caption" }, h("b", { "data-say": "speaker" }), ...bones(80, 60)),
    grid()),
};

function phone(kind, ...inside) {
  return h("div", { class: `phone ${kind}` }, h("div", { class: "screen" }, h("div", { class: "clock", "aria-hidden": "true" }, h("span", {}, "9:41"), h("span", { class: "island" }), h("span", { class: "battery" })), ...inside));
}

// A profile shows covers cut to 3:4; how much of a page that takes is the canvas's to say.
function grid() {
  const reel = seen.reel, [width, height] = reel.page || [1080, 1350];
  const crop = { top: 0, right: 0, bottom: 0, left: 0, ...reel.crop };
  const across = width - crop.left - crop.right, down = height - crop.top - crop.bottom;
  const cut = img => {
    img.style.width = `${100 * width / across}%`;
    img.style.left = `${-100 * crop.left / across}%`;
    img.style.top = `${-100 * crop.top / down}%`;
    return img;
  };
  const own = cut(h("img", { alt: `The cover in a profile’s grid`, src: reel.slides[0]?.small || "" }));
  const others = [...decks.values()].filter(deck => deck.slug !== reel.slug && deck.cover).slice(0, 5);
  const cells = [h("div", { class: "cell own" }, own), ...others.map(deck => h("div", { class: "cell" }, h("img", { class: "filled", alt: "", src: deck.cover })))];
  while (cells.length < 6) cells.push(h("div", { class: "cell" }));
  cells[0].style.aspectRatio = Math.abs(across / down - 0.75) < 0.06 ? `${across} / ${down}` : "3 / 4";
  if (Math.abs(across / down - 0.75) >= 0.06) own.className = "filled";
  return h("div", { class: "grid" }, ...cells);
}

function dot(box) {
  const count = Math.min(seen.reel.slides.length, 7);
  if (box.children.length !== count) box.replaceChildren(...Array.from({ length: count }, () => h("i")));
  const on = seen.reel.slides.length < 2 ? 0 : Math.round(seen.at * (count - 1) / (seen.reel.slides.length - 1));
  [...box.children].forEach((one, number) => one.classList.toggle("on", number === on));
}

// Safe areas as a dashed line, what the grid cuts away as a veil: both from the canvas's data.
function guide(sheet) {
  const box = sheet?.querySelector(".guide");
  if (!box) return;
  const on = $("guides").getAttribute("aria-pressed") === "true", page = seen.reel.page;
  const shown = `${seen.reel.key} ${seen.at === 0}`;  // of a carousel, a grid shows the first slide
  box.hidden = !(on && page);
  if (box.hidden || box.dataset.for === shown) return;
  box.dataset.for = shown;
  const inset = edges => ["top", "right", "bottom", "left"].map(edge =>
    `${100 * (edges[edge] || 0) / (edge === "left" || edge === "right" ? page[0] : page[1])}%`);
  const safe = h("span", { class: "safe" }, h("em", {}, "safe area"));
  [safe.style.top, safe.style.right, safe.style.bottom, safe.style.left] = inset(seen.reel.safe);
  const made = [safe];
  if (seen.at === 0 && Object.values(seen.reel.crop).some(Boolean)) {
    const [top, right, bottom, left] = inset(seen.reel.crop);
    const veils = [["0", "0", "auto", "0", "height", top], ["auto", "0", "0", "0", "height", bottom], ["0", "auto", "0", "0", "width", left], ["0", "0", "0", "auto", "width", right]];
    for (const [t, r, b, l, side, size] of veils) {
      if (size === "0%") continue;
      const veil = h("span", { class: "veil" });
      Object.assign(veil.style, { top: t, right: r, bottom: b, left: l, [side]: size });
      made.push(veil);
    }
    made.push(h("em", { class: "cut" }, "shaded: cut in the profile’s grid"));
  }
  box.replaceChildren(...made);
}

// --- full view -----------------------------------------------------------------------------------

function big(open) {
  const box = $("big");
  if (open && !box.open && slide()) { box.showModal(); $("big-said").textContent = ""; picture($("big-slide"), slide()); }
  if (!open && box.open) box.close();
}

// --- where we are --------------------------------------------------------------------------------

function route() {
  const found = /^#\/(.+?)(?:@(\d+))?$/.exec(decodeURI(location.hash));
  if (!found) { leave(); return; }
  const [, key, number] = found;
  if (seen.reel?.key === key && !$("deck").hidden) { turn(number ? Number(number) - 1 : 0, { quiet: true }); return; }
  open(key, number ? Number(number) - 1 : 0);
}

function leave() {
  big(false);
  const from = seen.reel?.slug;
  seen.reel = null;
  $("deck").hidden = $("where").hidden = true;
  $("wall").hidden = $("find-box").hidden = false;
  document.body.classList.remove("at-table");
  document.title = "Threadpress";
  const back = from && $("cards").querySelector(`[data-slug="${CSS.escape(from)}"] a`);
  if (back) back.focus();
}

async function open(key, at) {
  const moving = seen.reel?.key !== key;
  const answer = await fetch(`/reels/${key.split("/").map(encodeURIComponent).join("/")}`).catch(() => null);
  if (!answer) return;
  if (!answer.ok) { location.hash = "#"; return; }
  const told = await answer.json(), first = $("deck").hidden;
  const reel = seen.held?.key === key && seen.held.when > told.when ? seen.held : told;
  $("wall").hidden = $("find-box").hidden = true;
  $("deck").hidden = $("where").hidden = false;
  document.body.classList.add("at-table");
  if (moving) { seen.at = seen.asked = at; $("spot").dataset.kind = ""; }
  lay(reel);
  if (moving) { seen.at = -1; turn(at, { quiet: true }); reveal($("strip").children[seen.at]); }
  if (first) $("deck-title").focus({ preventScroll: true });
}

// --- what the server tells -----------------------------------------------------------------------

let stream = null;

function listen() {
  stream = new EventSource("/events");
  const hear = (name, heard) => stream.addEventListener(name, event => heard(JSON.parse(event.data)));
  hear("hello", async () => { $("gone").hidden = true; await everything(); });
  hear("deck", deck => {
    if (!decks.has(deck.slug)) born.set(deck.slug, performance.now());
    decks.set(deck.slug, deck);
    later();
    if (seen.reel?.slug === deck.slug && deck.reels.length && !deck.reels.some(one => one.key === seen.reel.key)) location.hash = address(deck.reels[0].key, seen.at);
  });
  hear("gone", ({ slug }) => {
    decks.delete(slug);
    later();
    if (seen.reel?.slug === slug) follow(seen.reel);
  });
  hear("reel", reel => { if (seen.reel?.key === reel.key) lay(reel); else seen.held = reel; });
  hear("notices", ({ problems }) => notices(problems));
  stream.onerror = () => { $("gone").hidden = false; };
}

// A carousel that goes just after one of the same title came was renamed.
function follow({ title, target, brand }) {
  const heir = [...decks.values()].find(deck => deck.title === title && performance.now() - (born.get(deck.slug) ?? -1e9) < 5000);
  const reel = heir?.reels.find(one => one.target === target && one.brand === brand);
  say(reel ? `Its file is ${heir.path} now.` : "This carousel is gone.");
  location.hash = reel ? address(reel.key, seen.at) : "#";
}

let due = 0;
function later() {
  if (!due) due = requestAnimationFrame(() => { due = 0; hang(); if (seen.reel) targets(); });
}

async function everything() {
  const answer = await fetch("/decks").catch(() => null);
  if (!answer?.ok) return;
  const told = await answer.json();
  decks.clear();
  told.decks.forEach(deck => decks.set(deck.slug, deck));
  hang();
  notices(told.problems);
  if (seen.reel) await open(seen.reel.key, seen.at); else route();
}

function notices(found) {
  $("notices").hidden = !found.length;
  $("notices").replaceChildren(h("ul", { class: "problems" }, ...found.map(one => problem(one))));
}

// A browser opens six connections to a server and no more: a page that nobody sees gives its back.
document.addEventListener("visibilitychange", () => {
  if (document.hidden) { stream?.close(); stream = null; }
  else if (!stream) listen();
});

// --- keys, fingers, buttons ----------------------------------------------------------------------

function typing(event) {
  return event.target.closest?.("input:not([type=radio]):not([type=checkbox]), textarea, select") || event.ctrlKey || event.metaKey || event.altKey;
}

const keys = {
  ArrowLeft: () => turn(seen.at - 1), ArrowRight: () => turn(seen.at + 1),
  Home: () => turn(0), End: () => turn(seen.reel.slides.length - 1),
  f: () => big(!$("big").open), g: () => $("guides").click(),
  1: () => view("slide"), 2: () => view("linkedin"), 3: () => view("instagram"), 4: () => view("grid"),
};

document.addEventListener("keydown", event => {
  if (event.key === "/" && !typing(event) && !$("wall").hidden) { event.preventDefault(); $("find").focus(); return; }
  if (event.key === "Escape" && event.target === $("find")) { $("find").value = seen.query = ""; sift(); $("find").blur(); return; }
  if (typing(event) || $("help").open) return;
  if (event.key === "?") { $("help").showModal(); return; }
  if (!seen.reel) return;
  if (event.key === "Escape" && !$("big").open) { location.hash = "#"; return; }
  const radio = event.target.type === "radio" && event.key.startsWith("Arrow");
  const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (act && !radio) { event.preventDefault(); act(); }
});

let touched = null;
for (const place of [$("stage"), $("big")]) {
  place.addEventListener("touchstart", event => { touched = event.touches.length === 1 ? event.touches[0].clientX : null; }, { passive: true });
  place.addEventListener("touchend", event => {
    const way = touched === null ? 0 : event.changedTouches[0].clientX - touched;
    if (Math.abs(way) > 44 && seen.reel) turn(seen.at + (way < 0 ? 1 : -1));
  });
}

function view(name) {
  seen.view = name;
  for (const one of document.getElementsByName("view")) one.checked = one.value === name;
  if (seen.reel) show();
}

for (const one of document.getElementsByName("view")) one.addEventListener("change", () => view(one.value));
$("guides").addEventListener("click", () => {
  $("guides").setAttribute("aria-pressed", String($("guides").getAttribute("aria-pressed") !== "true"));
  if (seen.reel) show();
});
$("full").addEventListener("click", () => big(true));
$("big-close").addEventListener("click", () => big(false));
$("big").addEventListener("click", event => { if (event.target === $("big")) big(false); });
$("before").addEventListener("click", () => turn(seen.at - 1));
$("after").addEventListener("click", () => turn(seen.at + 1));
$("place").addEventListener("click", event => copy(event.currentTarget, event.currentTarget.dataset.place));
$("find").addEventListener("input", event => { seen.query = event.target.value; sift(); say($("wall-count").textContent); });
$("help-open").addEventListener("click", () => $("help").showModal());
addEventListener("hashchange", route);
addEventListener("resize", () => { if (seen.reel) show(); });
listen();

const rail = document.querySelector(".rail"), slides = [...rail.querySelectorAll(".slide")], dots = [...document.querySelectorAll(".dots a")];
const [back, on] = document.querySelectorAll(".turn"), count = document.querySelector(".count"), full = document.querySelector(".full");
const calm = matchMedia("(prefers-reduced-motion: reduce)"), rtl = document.documentElement.dir === "rtl";
let at = 0;
const show = (number, smooth = true) => {
  const wanted = Math.max(0, Math.min(slides.length - 1, number));
  slides[wanted].scrollIntoView({ behavior: smooth && !calm.matches ? "smooth" : "instant", inline: "center", block: "nearest" });
};
const arrived = number => {
  at = number;
  dots.forEach((dot, n) => n === at ? dot.setAttribute("aria-current", "true") : dot.removeAttribute("aria-current"));
  count.textContent = `${at + 1} / ${slides.length}`;
  back.disabled = at === 0;
  on.disabled = at === slides.length - 1;
  history.replaceState(null, "", `#${slides[at].id}`);
};
const watch = new IntersectionObserver(seen => {
  for (const one of seen) if (one.isIntersecting) arrived(slides.indexOf(one.target));
}, { root: rail, threshold: .6 });
slides.forEach(slide => watch.observe(slide));
back.addEventListener("click", () => show(at - 1));
on.addEventListener("click", () => show(at + 1));
dots.forEach((dot, n) => dot.addEventListener("click", event => { event.preventDefault(); show(n); }));
const screen = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
if (document.fullscreenEnabled) { full.hidden = false; full.addEventListener("click", screen); }
addEventListener("resize", () => show(at, false));
const keys = {
  ArrowRight: () => show(at + (rtl ? -1 : 1)), ArrowLeft: () => show(at + (rtl ? 1 : -1)), PageDown: () => show(at + 1), PageUp: () => show(at - 1),
  Home: () => show(0), End: () => show(slides.length - 1), f: () => document.fullscreenEnabled && screen(),
};
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});
const quizzes = [...document.querySelectorAll(".quiz")], score = document.querySelector(".score");
let solved = 0, first = 0;
for (const quiz of quizzes) {
  const options = [...quiz.querySelectorAll(".option")], told = quiz.querySelector(".told"), why = quiz.querySelector("template");
  const open = new Set(options.filter(option => "right" in option.dataset));
  let missed = false;
  quiz.addEventListener("click", event => {
    const option = event.target.closest(".option");
    if (!option || option.disabled || option.matches(".right, .wrong")) return;
    const right = open.delete(option);
    option.classList.add(right ? "right" : "wrong");
    option.setAttribute("aria-disabled", "true");
    missed ||= !right;
    const verdict = document.createElement("p");
    verdict.className = "verdict";
    verdict.textContent = right ? told.dataset.right : told.dataset.wrong;
    option.querySelector(".seen").append(` – ${verdict.textContent}`);
    told.replaceChildren(verdict);
    if (open.size) return;
    told.append(why.content.cloneNode(true));
    options.forEach(one => one.setAttribute("aria-disabled", "true"));
    options.filter(one => !one.matches(".right, .wrong")).forEach(one => one.disabled = true);
    solved += 1; first += !missed;
    score.textContent = `✓ ${first} / ${quizzes.length}`;
  });
}

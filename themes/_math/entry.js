import {mathjax} from 'mathjax-full/js/mathjax.js';
import {TeX} from 'mathjax-full/js/input/tex.js';
import {SVG} from 'mathjax-full/js/output/svg.js';
import {liteAdaptor} from 'mathjax-full/js/adaptors/liteAdaptor.js';
import {RegisterHTMLHandler} from 'mathjax-full/js/handlers/html.js';
import 'mathjax-full/js/input/tex/base/BaseConfiguration.js';
import 'mathjax-full/js/input/tex/ams/AmsConfiguration.js';
import 'mathjax-full/js/input/tex/newcommand/NewcommandConfiguration.js';
import 'mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import 'mathjax-full/js/input/tex/braket/BraketConfiguration.js';
import 'mathjax-full/js/input/tex/bussproofs/BussproofsConfiguration.js';
import 'mathjax-full/js/input/tex/cancel/CancelConfiguration.js';
import 'mathjax-full/js/input/tex/cases/CasesConfiguration.js';
import 'mathjax-full/js/input/tex/centernot/CenternotConfiguration.js';
import 'mathjax-full/js/input/tex/color/ColorConfiguration.js';
import 'mathjax-full/js/input/tex/empheq/EmpheqConfiguration.js';
import 'mathjax-full/js/input/tex/enclose/EncloseConfiguration.js';
import 'mathjax-full/js/input/tex/extpfeil/ExtpfeilConfiguration.js';
import 'mathjax-full/js/input/tex/gensymb/GensymbConfiguration.js';
import 'mathjax-full/js/input/tex/mathtools/MathtoolsConfiguration.js';
import 'mathjax-full/js/input/tex/mhchem/MhchemConfiguration.js';
import 'mathjax-full/js/input/tex/textcomp/TextcompConfiguration.js';
import 'mathjax-full/js/input/tex/textmacros/TextMacrosConfiguration.js';
import 'mathjax-full/js/input/tex/unicode/UnicodeConfiguration.js';
import 'mathjax-full/js/input/tex/upgreek/UpgreekConfiguration.js';

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const packages = ['base', 'ams', 'newcommand', 'boldsymbol', 'braket', 'bussproofs', 'cancel', 'cases',
  'centernot', 'color', 'empheq', 'enclose', 'extpfeil', 'gensymb', 'mathtools', 'mhchem',
  'textcomp', 'textmacros', 'unicode', 'upgreek'];

/** Returns JSON: `svg` and nothing else, or `error`, MathJax's own words. A formula knows no other one's macros. */
globalThis.formula = function (tex, display, em, ex) {
  const input = new TeX({packages, maxMacros: 1000, maxBuffer: 20 * 1024,
                         formatError: (jax, error) => { throw error; }});
  const output = new SVG({fontCache: 'none', mtextInheritFont: false});
  const page = mathjax.document('', {InputJax: input, OutputJax: output});
  try {
    const node = page.convert(tex, {display, em, ex, containerWidth: 1e6});
    return JSON.stringify({svg: adaptor.innerHTML(node)});
  } catch (error) {
    return JSON.stringify({error: String(error.message || error)});
  }
};

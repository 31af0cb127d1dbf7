// The drawing board of the editor: dmn-js over the model in the form's text, which takes the changes along when the form
// is sent. Without script the text and the tables can still be edited.
"use strict";
(() => {
	const text = document.getElementById("dmn-text");
	const views = document.getElementById("dmn-views");
	const problem = document.getElementById("dmn-problem");
	const form = document.getElementById("dmn-form");
	// dmn-js writes DMN 1.3 and knows no later version.
	const NEWER = /https:\/\/www\.omg\.org\/spec\/DMN\/(20211108|20230324)\//g;
	const modeler = new window.DmnJS({ container: "#dmn-canvas" });
	const PALETTE = 110, TITLE = 170, ROOM = 20; // what lies over the drawing's edges
	let sending = false;

	const say = (e) => { problem.textContent = String(e && e.message || e); };

	const show = () => {
		views.replaceChildren();
		const active = modeler.getActiveView();
		for (const view of modeler.getViews()) {
			const b = document.createElement("button");
			b.type = "button";
			b.className = view === active ? "gr-button" : "gr-button gr-button-plain";
			b.setAttribute("aria-pressed", String(view === active));
			b.textContent = view.name || view.type;
			b.addEventListener("click", () => modeler.open(view).catch(say));
			views.append(b);
		}
	};

	// The whole drawing is seen at first.
	const fit = () => {
		if (modeler.getActiveView()?.type !== "drd")
			return;
		const canvas = modeler.getActiveViewer().get("canvas"), { inner } = canvas.viewbox();
		canvas.viewbox({ x: inner.x - PALETTE, y: inner.y - ROOM, width: inner.width + PALETTE + ROOM, height: inner.height + TITLE + ROOM });
	};

	modeler.on("views.changed", show);
	modeler.importXML(text.value.replace(NEWER, "https://www.omg.org/spec/DMN/20191111/")).then(fit).catch(say);

	form.addEventListener("submit", (event) => {
		if (sending)
			return;
		event.preventDefault();
		modeler.saveXML({ format: true }).then(({ xml }) => {
			text.value = xml;
			sending = true;
			form.requestSubmit();
		}).catch(say);
	});
})();

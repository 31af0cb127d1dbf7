{{# One value in each place; t_tpl.c checks with libxml2's parser that it stays there. }}
{{template t_text(str s)}}<p>{{s}}</p><p>end</p>{{end}}
{{template t_attr(str s)}}<p title="{{s}}" class='{{s}}'>x</p>{{end}}
{{template t_path(str s)}}<a href="/a/{{s}}/b">x</a>{{end}}
{{template t_query(str s)}}<a href="/a?x=1&amp;q={{s}}">x</a>{{end}}
{{template t_start(str s)}}<a href="{{url_external(s)}}">x</a><a href="{{url_local(s)}}">y</a>{{end}}
{{template t_area(str s)}}<textarea>{{s}}</textarea><title>{{s}}</title>{{end}}
{{template t_message(str s)}}<p title="{{_ "{0} of {1} ({2})" s "<b>" num(3)}}">{{_ "Total"}}</p>{{end}}
{{template t_types(money m, pdate d, int i)}}
<time datetime="{{iso(d)}}">{{d}}</time> {{m}} {{compact(m)}} {{i}} {{num(i)}} {{percent_of(1, 2, 0)}}
{{end}}
{{template t_flow(int n, bool on)}}
<ul{{if on}} class="on"{{end}}>{{for int i = 0; i < n; i++}}{{let int twice = 2 * i}}<li>{{if i == 0}}first{{elif i == 1}}second{{else}}{{twice}}{{end}}</li>{{end}}</ul>
{{call t_text(STR("called"))}}{{html (struct safe_html){STR("<b>html</b>")}}}
<input{{if on}} checked{{end}} data-x="{{if on}}yes{{else}}no{{end}}">
{{end}}

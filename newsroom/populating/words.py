"""The words that a made newsroom is told in: names of places, people and bodies, and what stands between figures.

All of it is invented. Places are put together of syllables, so that none of them is blamed for a figure.
"""

PLACE_FIRST = (
    "An", "Bảo", "Bình", "Cẩm", "Châu", "Diên", "Đại", "Đông", "Đức", "Giao", "Hải", "Hạnh", "Hoằng", "Hòa", "Hưng",
    "Khánh", "Kim", "Lâm", "Lệ", "Liên", "Long", "Lộc", "Mỹ", "Nam", "Ngọc", "Nhân", "Ninh", "Phong", "Phú", "Phước",
    "Quang", "Quỳnh", "Sơn", "Tam", "Tân", "Thanh", "Thạch", "Thiên", "Thịnh", "Thượng", "Tiên", "Trung", "Trường",
    "Tuy", "Vạn", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
PLACE_LAST = (
    "Bảng", "Bồng", "Cát", "Chánh", "Đàm", "Điền", "Định", "Đồng", "Giáp", "Hậu", "Hiệp", "Hội", "Khê", "Lạc", "Lập",
    "Lĩnh", "Lương", "Mai", "Nghĩa", "Nguyên", "Phổ", "Phụng", "Quới", "Sa", "Tảo", "Thái", "Thắng", "Thuận", "Thủy",
    "Tín", "Trạch", "Trị", "Tường", "Viên", "Vũ", "Xá",
)  # fmt: skip
FAMILY = (
    "Bùi", "Cao", "Châu", "Đào", "Đặng", "Đinh", "Đoàn", "Đỗ", "Hà", "Hoàng", "Hồ", "Huỳnh", "Lâm", "Lê", "Lương", "Lý",
    "Mai", "Ngô", "Nguyễn", "Phạm", "Phan", "Phùng", "Tạ", "Thái", "Tô", "Tống", "Trần", "Trịnh", "Trương", "Văn", "Võ",
    "Vũ",
)  # fmt: skip
MIDDLE = (
    "Anh", "Bá", "Công", "Duy", "Đình", "Đức", "Gia", "Hải", "Hồng", "Hữu", "Khắc", "Kim", "Mạnh", "Minh", "Mỹ", "Ngọc",
    "Nhật", "Phương", "Quang", "Quốc", "Thanh", "Thành", "Thế", "Thị", "Thu", "Trọng", "Tuấn", "Văn", "Viết", "Xuân",
)  # fmt: skip
GIVEN = (
    "An", "Bình", "Chi", "Cường", "Dung", "Dũng", "Đạt", "Giang", "Hà", "Hạnh", "Hiền", "Hiếu", "Hoa", "Hùng", "Hương",
    "Khải", "Khoa", "Lan", "Lâm", "Liên", "Linh", "Loan", "Long", "Mai", "Nam", "Nga", "Nghĩa", "Nhung", "Oanh", "Phúc",
    "Phượng", "Quân", "Quyên", "Sơn", "Tâm", "Thảo", "Thắng", "Thủy", "Tiến", "Toàn", "Trang", "Tùng", "Tuyết", "Vân",
    "Vinh", "Yến",
)  # fmt: skip
TRADES = (
    "Công Thương", "Giao thông vận tải", "Khoa học và Công nghệ", "Kế hoạch và Đầu tư", "Lao động", "Nội vụ",
    "Nông nghiệp", "Tài chính", "Thông tin và Truyền thông", "Tư pháp", "Văn hóa và Thể thao", "Xây dựng", "Y tế",
    "Giáo dục và Đào tạo", "Tài nguyên và Môi trường", "Du lịch",
)  # fmt: skip
CATEGORIES = (
    "Xây dựng tổ chức", "Kiểm tra và giám sát", "Tuyên giáo", "Dân vận", "Học tập và làm theo", "Thi đua, khen thưởng",
    "Đoàn thể", "Kinh tế và đời sống",
)  # fmt: skip
TAGS = (
    "bồi dưỡng cán bộ", "cải cách hành chính", "chi bộ kiểu mẫu", "chuyển đổi số", "công đoàn cơ sở", "công tác nữ",
    "cựu chiến binh", "dân chủ cơ sở", "đảng viên mới", "đánh giá cuối năm", "đền ơn đáp nghĩa", "điển hình tiên tiến",
    "đoàn kết nội bộ", "đối thoại với nhân dân", "giám sát chuyên đề", "giảm nghèo", "giao ban quý", "hiến máu",
    "hội nghị chuyên đề", "huy hiệu tuổi Đảng", "kết nạp đảng viên", "khuyến học", "kiểm tra định kỳ", "nêu gương",
    "nghị quyết", "nông thôn mới", "quy chế làm việc", "sinh hoạt chi bộ", "sổ tay điện tử", "sơ kết công tác",
    "thi đua yêu nước", "thu ngân sách", "tiết kiệm", "tinh gọn bộ máy", "tổng kết năm", "truyền thống",
    "văn hóa công sở", "vệ sinh môi trường", "xây dựng kế hoạch", "xếp loại chất lượng",
)  # fmt: skip
SUBJECTS = (
    "nâng cao chất lượng sinh hoạt chi bộ", "tạo nguồn và bồi dưỡng quần chúng ưu tú", "đổi mới lề lối làm việc",
    "công tác kiểm tra, giám sát trong nhiệm kỳ", "đẩy mạnh chuyển đổi số trong các cơ quan", "quy định nêu gương",
    "thực hành tiết kiệm, phòng ngừa lãng phí", "tổ chức đại hội các chi bộ", "phong trào dân vận ở cơ sở",
    "đánh giá, xếp loại tổ chức và cá nhân hằng năm", "quản lý đảng viên đi làm ăn xa", "bồi dưỡng cấp ủy viên mới",
)  # fmt: skip

# A meeting: what was done there, said before the figures and after them.
OPENINGS = (
    "{when}, {organ} {body} họp {conference} để nhìn lại công việc của {period} và bàn những việc phải làm trong"
    " thời gian tới. {chair} chủ trì; cùng dự có đại diện các ban tham mưu và bí thư các chi bộ trực thuộc.",
    "{when}, tại hội trường trung tâm {place}, {organ} {body} tổ chức {conference}, nghe báo cáo kết quả của"
    " {period} và cho ý kiến về phương hướng sắp tới. Hội nghị do {chair} điều hành.",
    "{when} diễn ra {conference} của {body}. Dưới sự chủ trì của {chair}, {organ} đã đánh giá các mặt công tác"
    " của {period}, chỉ ra những chỗ còn chậm và thống nhất cách khắc phục.",
    "{organ} {body} vừa tiến hành {conference}. {when}, {chair} thay mặt cấp ủy trình bày báo cáo công tác"
    " {period}, tiếp đó các đại biểu chia tổ thảo luận.",
)
BRIEF = (
    "{when}, {body} cho biết kết quả các mặt công tác của {period}. Theo báo cáo do {chair} ký, phần lớn việc đề ra"
    " từ đầu kỳ đã làm xong đúng hẹn.",
    "Báo cáo {period} của {body}, công bố {when_low}, cho thấy nhiều chỉ số tăng so với kỳ trước. {chair} đề nghị các"
    " chi bộ giữ nhịp độ ấy đến hết năm.",
)
FILLERS = (
    "Cấp ủy giữ nền nếp họp thường kỳ, phân công từng ủy viên theo dõi một nhóm chi bộ và nghe báo cáo lại mỗi tháng.",
    "Nhiều chi bộ chọn một việc khó để làm trước, ghi rõ người phụ trách, thời hạn và cách kiểm tra kết quả.",
    "Thảo luận tại tổ, các ý kiến tập trung vào việc giảm giấy tờ, rút ngắn thời gian chờ của người dân và doanh"
    " nghiệp.",
    "Một số nơi còn lúng túng khi đưa nội dung nghị quyết vào kế hoạch của cơ quan, có chỗ làm cho đủ thủ tục.",
    "Đại biểu {place} kể lại cách vận động từng gia đình hiến đất mở đường mà không phát sinh khiếu nại.",
    "Việc nêu gương của người đứng đầu được coi là thước đo đầu tiên khi xét thi đua ở mỗi đơn vị.",
    "Công đoàn, đoàn thanh niên và hội phụ nữ phối hợp tổ chức các buổi sinh hoạt chung, quyên góp giúp hộ khó khăn.",
    "Bộ phận tham mưu đã rà lại quy chế làm việc, bỏ những cuộc họp trùng lặp và gửi tài liệu qua mạng trước ba ngày.",
    "Ở vùng {place}, đảng viên trẻ nhận giúp người cao tuổi làm thủ tục trực tuyến vào sáng thứ bảy hằng tuần.",
    "Báo cáo cũng thẳng thắn nêu việc thu nộp hồ sơ ở vài chi bộ chậm hơn kế hoạch, cần chấn chỉnh ngay trong quý tới.",
    "Phát biểu tại hội nghị, {speaker} đề nghị từng cấp ủy viên đăng ký một việc cụ thể và tự chấm điểm vào cuối kỳ.",
    "Theo {speaker}, muốn giữ được phong trào thì phải chăm lo người làm phong trào, trước hết là cán bộ cơ sở.",
    "Các mô hình hay sẽ được ghi thành sổ tay, gửi cho mọi chi bộ và đưa lên trang thông tin để nơi khác học tập.",
    "Sinh hoạt chuyên đề gắn với đặc thù từng nghề: y tế nói về thái độ phục vụ, trường học nói về kỷ cương lớp học.",
    "Kho lưu trữ được sắp xếp lại, hồ sơ đảng viên quét thành bản điện tử và đối chiếu từng trang với bản giấy.",
    "Đường liên thôn ở {place} được nối dài thêm, nhà văn hóa có tủ sách và góc đọc cho thiếu nhi.",
    "Quá trình chuẩn bị đại hội chi bộ diễn ra dân chủ, nhân sự được giới thiệu từ dưới lên, đúng quy trình.",
    "Từ thực tế ấy, cấp ủy rút ra bài học: việc nào giao rõ người, rõ hạn thì xong; việc nào giao chung thì chậm.",
    "Người dân {place} góp ngày công nạo vét kênh, trồng hàng cây dọc bờ và thay nhau trông coi.",
    "Ban biên tập bản tin nội bộ mở thêm mục hỏi đáp, trả lời các thắc mắc về chế độ, chính sách trong vòng bảy ngày.",
    "Nội dung nào còn ý kiến khác nhau được biểu quyết riêng và ghi vào biên bản.",
    "Tổ công tác đi từng cơ sở, nghe trước rồi mới kết luận, tránh áp một cách làm cho mọi nơi.",
    "Kinh phí tiết kiệm được dùng để sửa chữa phòng họp của các chi bộ ở xa và mua máy tính cho bộ phận một cửa.",
    "Các doanh nghiệp trên địa bàn cam kết giữ việc làm cho người lao động trong những tháng thấp điểm.",
    "Đại diện {place} mong cấp trên sớm có hướng dẫn về phụ cấp cho người kiêm nhiệm.",
    "Lớp bồi dưỡng mở vào buổi tối để người đi làm ca vẫn theo học được, tài liệu phát trước một tuần.",
    "Việc tiếp nhận phản ánh qua hòm thư và đường dây nóng được theo dõi hằng ngày, quá hạn thì nhắc bằng văn bản.",
    "Trong phần kiểm điểm, tập thể thường trực nhận trách nhiệm về những việc chưa đạt và hẹn thời gian làm xong.",
)
CLOSINGS = (
    "Kết luận hội nghị, {chair} yêu cầu các chi bộ cụ thể hóa phương hướng thành lịch công tác từng tuần, báo cáo"
    " trước ngày cuối tháng.",
    "Khép lại hội nghị, {chair} ghi nhận nỗ lực của các đơn vị và nhắc rằng kết quả chỉ bền khi được kiểm tra đều đặn.",
    "Thời gian tới, {body} tập trung vào ba việc: củng cố chi bộ yếu, bồi dưỡng nguồn kết nạp và giải quyết dứt điểm"
    " kiến nghị tồn đọng.",
    "{chair} tin rằng với sự đồng lòng của các chi bộ, {body} sẽ hoàn thành những việc đã đề ra cho cả năm.",
)
HEADINGS = ("Những việc đã làm", "Kết quả bằng con số", "Phía trước còn nhiều việc", "Cách làm ở cơ sở")
LEADS = (
    "{when}, {organ} {body} tổ chức {conference}, đánh giá kết quả công tác {period} và bàn nhiệm vụ của thời gian"
    " tiếp theo.",
    "Công tác {period} của {body} có nhiều chuyển biến: nền nếp sinh hoạt được giữ vững, các chỉ tiêu chính đều tiến"
    " gần tới đích đề ra.",
    "{conference} của {body} họp {when_low} đã nhìn thẳng vào những việc chưa xong của {period} và giao lại cho từng"
    " người chịu trách nhiệm.",
)
CAPTIONS = ("Quang cảnh buổi làm việc.", "Các đại biểu trao đổi bên lề hội nghị.", "Trao thưởng cho các tập thể.")

# What readers write below an article.
REMARKS = (
    "Bài viết rõ ràng, có số liệu để đối chiếu, rất mong trang giữ cách làm này.",
    "Cho hỏi con số của {place} tính cả đơn vị mới sáp nhập chưa?",
    "Tôi ở {place}, thấy đường sá năm nay tốt hơn hẳn, cảm ơn bà con đã góp công.",
    "Nên có thêm bảng so sánh với cùng kỳ để người đọc dễ theo dõi.",
    "Chúc mừng các tập thể và cá nhân được khen thưởng!",
    "Chi bộ chúng tôi cũng đã áp dụng cách này, ban đầu hơi khó nhưng làm quen rồi thì nhanh.",
    "Theo tôi việc gửi tài liệu trước ba ngày là rất cần, họp đỡ mất thời gian.",
    "Ảnh minh họa đẹp, nhưng giá mà có chú thích tên người thì hay hơn.",
    "Tỷ lệ như vậy là đáng mừng, song phần chưa hoàn thành cũng cần nói kỹ nguyên nhân.",
    "Đề nghị ban biên tập đăng toàn văn kế hoạch để chúng tôi tiện tra cứu.",
    "Người cao tuổi ở {place} được hướng dẫn tận nhà, chúng tôi rất cảm động.",
    "Mong sớm có hướng dẫn về phụ cấp, anh em kiêm nhiệm vất vả lắm.",
    "Số đảng viên mới tăng là nhờ làm tốt khâu tạo nguồn, nơi nào buông khâu này thì thấy ngay.",
    "Bài này đọc trên điện thoại rất dễ chịu, chữ to, không quảng cáo.",
    "Đồng ý với ý kiến trên, quan trọng là kiểm tra sau hội nghị.",
    "Xin hỏi lớp bồi dưỡng buổi tối đăng ký ở đâu?",
)
ANSWERS = (
    "Cảm ơn bạn, chúng tôi đã chuyển câu hỏi tới bộ phận phụ trách.",
    "Đúng vậy, ở {place} cũng thế.",
    "Con số ấy đã gồm cả các đơn vị mới, bạn xem bảng bên cạnh bài.",
    "Tôi thì nghĩ khác, phải nhìn cả ba năm mới thấy hết.",
    "Cảm ơn ý kiến của bác, chúng cháu sẽ rút kinh nghiệm.",
)
